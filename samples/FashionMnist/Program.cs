using System.Diagnostics;
using System.Globalization;
using FashionMnist;
using Spectre.Console;
using StaticNet.Console;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (!Options.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

if (FashionData.Find(options.Data) is not { } folder)
{
    Console.WriteLine($"Fashion-MNIST is not {(options.Data is null ? "here" : $"in {options.Data}")}. On Debian and Ubuntu, 'apt install dataset-fashion-mnist' brings it;");
    Console.WriteLine("or put its four .gz files into a folder and pass '--data FOLDER'.");
    return 0;
}

if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;

var (train, test) = (FashionData.LoadTraining(folder), FashionData.LoadTest(folder));
AnsiConsole.Write(ConsoleTables.Network(FashionNetwork.Description));

var batches = (train.Count + FashionNetwork.BatchSize - 1) / FashionNetwork.BatchSize;
var optimizer = new Adam(learningRate: 1e-3f) { Schedule = new CosineDecay((long)options.Epochs * batches) };
var trainer = new Trainer<FashionNetwork>(new FashionNetwork(seed: 1), optimizer, new TrainerOptions { Callbacks = [new ProgressCallback()], Seed = 1 });

var watch = Stopwatch.StartNew();
// The test images are only watched on the way: nothing is selected by them.
trainer.Fit(train, options.Epochs, validation: test);

AnsiConsole.Write(ConsoleTables.Classification(trainer.ConfusionMatrix(test), FashionData.ClassNames));
Console.WriteLine($"{options.Epochs} epochs in {watch.Elapsed.TotalSeconds:F1} s");
Console.WriteLine($"Test accuracy: {trainer.Evaluate(test)["accuracy"] * 100:F2} %");
return 0;
