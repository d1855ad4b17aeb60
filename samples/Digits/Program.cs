using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Digits;
using Spectre.Console;
using StaticNet;
using StaticNet.Console;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;

if (!Options.TryParse(args, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (train, test) = DigitsData.Load().Split(0.8, seed: 1, stratified: true);

if (Console.IsOutputRedirected)
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
AnsiConsole.Write(ConsoleTables.Network(DigitsNetwork.Description));

// Pixels are 0 to 16. The scaling belongs to the network: it is applied wherever the network is, and saved with it.
var network = new DigitsNetwork(seed: 42);
network.SetScaling(inputs: Scaler.MinMax(train.Inputs, length: 1));
var trainer = Trainer.For(network, new Adam(learningRate: 2e-3f), new TrainerOptions { Callbacks = [new ProgressCallback()], Seed = 42 });

var watch = Stopwatch.StartNew();
// The digits held out are only watched on the way: nothing is selected by them.
trainer.Fit(train, epochs: 40, validation: test);
var trainSeconds = watch.Elapsed.TotalSeconds;

var accuracy = trainer.Evaluate(test)["accuracy"];
Console.WriteLine($"\nTest accuracy: {accuracy * 100:F2} % of {test.Count} digits that were held out, after {trainSeconds:F1} s of training");
AnsiConsole.Write(ConsoleTables.Confusion(trainer.ConfusionMatrix(test)));

var nanoseconds = Measure.NanosecondsPerForward(network, test);
var forwardBytes = Measure.BytesPerForward(network, test);
var trainBytes = Measure.BytesPerTrainBatch(train);
Console.WriteLine($"One forward pass: {nanoseconds:F0} ns, {forwardBytes:F0} bytes allocated. One training batch: {trainBytes:F0} bytes allocated.");

network.SaveSafetensors(options.Output);
var loaded = new DigitsNetwork();
loaded.LoadSafetensors(options.Output);
if (!SameOutputs(network, loaded, test))
{
    Console.Error.WriteLine($"The network loaded from {options.Output} does not compute the same as the one saved.");
    return 1;
}

Console.WriteLine($"Saved {options.Output}, loaded it back: the same outputs for all {test.Count} digits.");

if (options.Json is not null)
{
    using var stream = File.Create(options.Json);
    using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
    json.WriteStartObject();
    json.WriteNumber("testAccuracy", accuracy);
    json.WriteNumber("trainSeconds", trainSeconds);
    json.WriteNumber("nsPerForward", nanoseconds);
    json.WriteNumber("bytesPerForward", forwardBytes);
    json.WriteNumber("bytesPerTrainBatch", trainBytes);
    json.WriteNumber("parameters", DigitsNetwork.ParameterCount);
    json.WriteEndObject();
}

return 0;

static bool SameOutputs(DigitsNetwork first, DigitsNetwork second, DataSet data)
{
    var (one, other) = (new float[data.Count * DigitsNetwork.OutputLength], new float[data.Count * DigitsNetwork.OutputLength]);
    first.Predict(data.Inputs, one);
    second.Predict(data.Inputs, other);
    return one.AsSpan().SequenceEqual(other);
}
