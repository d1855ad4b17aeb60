using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;
using Tabular;

namespace StaticNet.Experiments.Tabular;

/// <summary>The penguins with StaticNet: trained, stored, loaded without training code, and predicted.</summary>
internal static class StaticNetPenguins
{
    public static double Train(string trainPath, string testPath, string modelPath)
    {
        var train = Table.Load(trainPath);
        var schema = TableSchema.Fit(
            train,
            [
                new CategoryColumn("island"),
                new NumberColumn("bill_length_mm") { Missing = MissingValue.Mean },
                new NumberColumn("bill_depth_mm") { Missing = MissingValue.Mean },
                new NumberColumn("flipper_length_mm") { Missing = MissingValue.Mean },
                new NumberColumn("body_mass_g") { Missing = MissingValue.Mean },
                new CategoryColumn("sex") { Missing = MissingValue.Zeros },
            ],
            [new ClassTarget("species")]);
        var network = new PenguinNetwork(seed: 1);
        network.SetSchema(schema);
        var trainer = Trainer.For(network, new AdamW(learningRate: 3e-3f), new TrainerOptions { Seed = 1, Metrics = [new Accuracy()] });
        trainer.Fit(schema.ToDataSet(train), epochs: 60);
        network.SaveSafetensors(modelPath);
        return trainer.Evaluate(schema.ToDataSet(Table.Load(testPath)))["accuracy"];
    }

    public static string Predict(string modelPath)
    {
        var model = new PenguinModel();
        model.LoadSafetensors(modelPath);
        return model.Predict([
            ("sex", null), ("island", "Biscoe"), ("bill_length_mm", 46.1), ("bill_depth_mm", 13.2), ("flipper_length_mm", 211), ("body_mass_g", 4500)]).Class;
    }
}
