using System.Globalization;
using Digits;
using FineTuning;
using Spectre.Console;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using Table = Spectre.Console.Table;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;

const int labelled = 30;
const int runs = 5;
var (upright, rest) = DigitsData.Load().Split(0.5, seed: 1, stratified: true);
var tilted = new DataSet(rest.InputLength, rest.TargetLength, TiltedDigits.Of(rest.Inputs), rest.Targets.ToArray());
var (few, test) = tilted.Split((double)labelled / tilted.Count, seed: 1, stratified: true);
Console.WriteLine($"Pre-training: {upright.Count} upright digits. Then: {few.Count} tilted digits with labels, and {test.Count} others for testing.\n");

// Pixels are 0 to 16. The upright digits' scaling is kept for the tilted ones: the features know no other.
var scaler = Scaler.MinMax(upright.Inputs, length: 1);
var results = new List<(string State, double[] Accuracies)>();
var pretrained = Enumerable.Range(0, runs).Select(run => Pretrain((ulong)run)).ToArray();
results.Add(("pre-trained, predict only", [.. pretrained.Select(network => Test(network))]));

var heads = Enumerable.Range(0, runs).Select(run => TrainHead(pretrained[run], (ulong)run)).ToArray();
results.Add(("head trained, frozen at compile time", [.. heads.Select(network => Test(network))]));
results.Add(("… then all trained", [.. heads.Select((network, run) => Test(TrainAll(network, (ulong)run)))]));

var unfrozen = Enumerable.Range(0, runs).Select(run => FreezeAndUnfreeze(pretrained[run], (ulong)run)).ToArray();
results.Add(("head trained, frozen at run time", [.. unfrozen.Select(accuracies => accuracies.Frozen)]));
results.Add(("… then unfrozen and all trained", [.. unfrozen.Select(accuracies => accuracies.Unfrozen)]));
results.Add(("not pre-trained, all trained", [.. Enumerable.Range(0, runs).Select(run => Test(TrainFromScratch((ulong)run)))]));

var table = new Table().AddColumns("state", $"accuracy on {test.Count} tilted digits", "deviation");
foreach (var (state, accuracies) in results)
{
    var mean = accuracies.Average();
    table.AddRow(state, $"{mean * 100:F1} %", $"{100 * Math.Sqrt(accuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean)) / (runs - 1)):F1} %");
}

AnsiConsole.Write(table);
Console.WriteLine($"Means of {runs} runs.");
return 0;

double Test<TNetwork>(TNetwork network)
    where TNetwork : class, ITrainableNetwork<TNetwork> => Trainer.For(network, new Adam()).Evaluate(test)["accuracy"];

void Fit<TNetwork>(TNetwork network, DataSet data, int epochs, Optimizer optimizer, ulong seed)
    where TNetwork : class, ITrainableNetwork<TNetwork> => Trainer.For(network, optimizer, new TrainerOptions { Seed = seed, Progress = false }).Fit(data, epochs);

DigitsNetwork Pretrain(ulong seed)
{
    var network = new DigitsNetwork(seed);
    network.SetScaling(inputs: scaler);
    Fit(network, upright, epochs: 40, new AdamW(2e-3f), seed);
    return network;
}

// A network whose features are frozen when it is compiled takes the parameters by their names.
HeadOnlyNetwork TrainHead(DigitsNetwork source, ulong seed)
{
    var network = new HeadOnlyNetwork(seed);
    network.SetScaling(inputs: scaler);
    network.CopyParametersFrom(source);
    Fit(network, few, epochs: 60, new AdamW(2e-3f), seed);
    return network;
}

DigitsNetwork TrainAll(HeadOnlyNetwork source, ulong seed)
{
    var network = new DigitsNetwork(seed);
    network.SetScaling(inputs: scaler);
    network.CopyParametersFrom(source);
    var optimizer = new AdamW(2e-3f) { Groups = [new ParameterGroup("features.*") { LearningRate = 2e-4f }] };
    Fit(network, few, epochs: 60, optimizer, seed);
    return network;
}

// The same with one network and one trainer: the optimizer keeps the features as they are, until they are unfrozen. Their gradients
// are computed all the same.
(double Frozen, double Unfrozen) FreezeAndUnfreeze(DigitsNetwork source, ulong seed)
{
    var network = new DigitsNetwork(seed);
    network.SetScaling(inputs: scaler);
    network.CopyParametersFrom(source);
    var optimizer = new AdamW(2e-3f) { Groups = [new ParameterGroup("features.*") { LearningRate = 2e-4f }] };
    var trainer = Trainer.For(network, optimizer, new TrainerOptions { Seed = seed, Progress = false });
    optimizer.Freeze("features.*");
    trainer.Fit(few, epochs: 60);
    var frozen = trainer.Evaluate(test)["accuracy"];
    optimizer.Unfreeze("features.*");
    trainer.Fit(few, epochs: 60);
    return (frozen, trainer.Evaluate(test)["accuracy"]);
}

DigitsNetwork TrainFromScratch(ulong seed)
{
    var network = new DigitsNetwork(seed);
    network.SetScaling(inputs: scaler);
    Fit(network, few, epochs: 120, new AdamW(2e-3f), seed);
    return network;
}
