using System.Globalization;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using StaticNet.Training.Metrics;
using Tabular;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ([] or ["--output", _]))
{
    Console.Error.WriteLine("Usage: Tabular [--output FILE]");
    return 2;
}

var table = Table.Load(Path.Combine(AppContext.BaseDirectory, "penguins.csv"));
var (train, test) = table.Split(0.8, seed: 1, stratifiedBy: "species");

// Described once, fitted on the training part alone, and stored with the weights.
var schema = TableSchema.Fit(
    train,
    [
        new CategoryColumn("island"),
        new NumberColumn("bill_length_mm") { Missing = MissingValue.Median },
        new NumberColumn("bill_depth_mm") { Missing = MissingValue.Median },
        new NumberColumn("flipper_length_mm") { Missing = MissingValue.Median },
        new NumberColumn("body_mass_g") { Missing = MissingValue.Median },
        new CategoryColumn("sex") { Missing = MissingValue.Zeros },
    ],
    [new ClassTarget("species")]);
Console.WriteLine($"{schema.Describe()}\n");

var network = new PenguinNetwork(seed: 1);
network.SetSchema(schema);
var trainer = Trainer.For(network, new AdamW(learningRate: 3e-3f), new TrainerOptions { Seed = 1, Metrics = [new Accuracy()] });
trainer.Fit(schema.ToDataSet(train), epochs: 60);

Console.WriteLine("Penguins of the test part with missing values:");
foreach (var row in test.Where(row => row["sex"] == "NA"))
    Console.WriteLine($"  {row}: {network.Predict(row)}");

var file = args is [_, var output] ? output : "penguins.safetensors";
network.SaveSafetensors(file);
Console.WriteLine($"\nTest accuracy: {100 * trainer.Evaluate(schema.ToDataSet(test))["accuracy"]:F2} % of {test.Count} penguins\nNetwork and schema written to {file}");
return 0;
