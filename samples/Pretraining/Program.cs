using System.Globalization;
using Digits;
using Pretraining;
using Spectre.Console;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;
using Table = Spectre.Console.Table;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;

const int runs = 5;
var (train, test) = DigitsData.Load().Split(0.8, seed: 1, stratified: true);
// Pixels become 0 to 1.
var scaler = Scaler.MinMax(train.Inputs, length: 1);
(train, test) = (train.ScaleInputs(scaler), test.ScaleInputs(scaler));
Console.WriteLine($"{train.Count} digits for training, few of them with labels; {test.Count} for testing.\n");

var table = new Table().AddColumns("labels", "from scratch", "pre-trained", "gain");
var pretrained = Enumerable.Range(0, runs).Select(run => Pretrain((ulong)run)).ToArray();
foreach (var labels in new[] { 50, 100, 200, 500, train.Count })
{
    var labelled = labels == train.Count ? train : train.Split((double)labels / train.Count, seed: 1, stratified: true).First;
    var scratch = Enumerable.Range(0, runs).Average(run => Accuracy(new Classifier((ulong)run), labelled, (ulong)run));
    var stacked = Enumerable.Range(0, runs).Average(run => Accuracy(Stack(pretrained[run], (ulong)run), labelled, (ulong)run));
    table.AddRow($"{labelled.Count}", $"{scratch * 100:F1} %", $"{stacked * 100:F1} %", $"{(stacked - scratch) * 100:+0.0;-0.0} %");
}

AnsiConsole.Write(table);
Console.WriteLine($"Test accuracy, means of {runs} runs.");
return 0;

// One layer after the other, without labels: each learns to give back what it is fed (Bengio et al., 2007).
(FirstAutoencoder First, SecondAutoencoder Second) Pretrain(ulong seed)
{
    var first = new FirstAutoencoder(seed);
    Trainer.For(first, new Adam(2e-3f), new TrainerOptions { Seed = seed, Progress = false }).Fit(Autoencoding(train.Inputs.ToArray(), 64), epochs: 60);

    var encoder = new FirstEncoder();
    encoder.CopyParametersFrom(first, ("encoder1", "encoder1"));
    var codes = new float[train.Count * FirstEncoder.OutputLength];
    encoder.ForwardBatch(train.Inputs, codes, train.Count);

    var second = new SecondAutoencoder(seed);
    Trainer.For(second, new Adam(2e-3f), new TrainerOptions { Seed = seed, Progress = false }).Fit(Autoencoding(codes, 128), epochs: 60);
    return (first, second);
}

static DataSet Autoencoding(float[] samples, int length) => new(length, length, samples, samples);

static Classifier Stack((FirstAutoencoder First, SecondAutoencoder Second) layers, ulong seed)
{
    var network = new Classifier(seed);
    network.CopyParametersFrom(layers.First, ("encoder1", "encoder1"));
    network.CopyParametersFrom(layers.Second, ("encoder2", "encoder2"));
    return network;
}

// Both start alike but for the parameters, and take as many steps, however few digits have labels.
double Accuracy(Classifier network, DataSet labelled, ulong seed)
{
    const int steps = 2000;
    var trainer = Trainer.For(network, new Adam(2e-3f), new TrainerOptions { Seed = seed, Progress = false });
    var batches = (labelled.Count + Classifier.BatchSize - 1) / Classifier.BatchSize;
    trainer.Fit(labelled, epochs: steps / batches);
    return trainer.Evaluate(test)["accuracy"];
}
