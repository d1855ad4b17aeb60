using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace StaticNet.Experiments.Tabular;

/// <summary>The penguins with ML.NET: trained, stored, loaded, and predicted.</summary>
internal static class MlNetPenguins
{
    private static readonly string[] Measures =
        [nameof(Penguin.BillLength), nameof(Penguin.BillDepth), nameof(Penguin.FlipperLength), nameof(Penguin.BodyMass)];

    public static double Train(string trainPath, string testPath, string modelPath)
    {
        var ml = new MLContext(seed: 1);
        var options = new TextLoader.Options { HasHeader = true, Separators = [','], MissingRealsAsNaNs = true };
        var train = ml.Data.LoadFromTextFile<Penguin>(trainPath, options);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Penguin.Species))
            .Append(ml.Transforms.Categorical.OneHotEncoding([new("IslandNumbers", nameof(Penguin.Island)), new("SexNumbers", nameof(Penguin.Sex))]))
            .Append(ml.Transforms.ReplaceMissingValues(
                [.. Measures.Select(name => new InputOutputColumnPair(name))], MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.NormalizeMeanVariance([.. Measures.Select(name => new InputOutputColumnPair(name))], fixZero: false))
            .Append(ml.Transforms.Concatenate("Features", [.. Measures, "IslandNumbers", "SexNumbers"]))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(train);
        ml.Model.Save(model, train.Schema, modelPath);
        var test = model.Transform(ml.Data.LoadFromTextFile<Penguin>(testPath, options));
        return ml.MulticlassClassification.Evaluate(test).MicroAccuracy;
    }

    public static string Predict(string modelPath)
    {
        var ml = new MLContext();
        var model = ml.Model.Load(modelPath, out _);
        var engine = ml.Model.CreatePredictionEngine<Penguin, PenguinPrediction>(model);
        return engine.Predict(new Penguin
        {
            Island = "Biscoe",
            BillLength = 46.1f,
            BillDepth = 13.2f,
            FlipperLength = 211,
            BodyMass = 4500,
            Sex = "NA",
        }).Species;
    }

    private sealed class Penguin
    {
        [LoadColumn(0)]
        public string Species { get; set; } = "";

        [LoadColumn(1)]
        public string Island { get; set; } = "";

        [LoadColumn(2)]
        public float BillLength { get; set; }

        [LoadColumn(3)]
        public float BillDepth { get; set; }

        [LoadColumn(4)]
        public float FlipperLength { get; set; }

        [LoadColumn(5)]
        public float BodyMass { get; set; }

        [LoadColumn(6)]
        public string Sex { get; set; } = "";
    }

    private sealed class PenguinPrediction
    {
        [ColumnName("PredictedLabel")]
        public string Species { get; set; } = "";
    }
}
