using System.Diagnostics;
using System.Globalization;
using StaticNet;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;
using StaticNet.Training.Metrics;
using Wake;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int epochs = 12;

var start = Stopwatch.GetTimestamp();
var (train, test) = (Recordings.Make(count: 2_400, seed: 1), Recordings.Make(count: 600, seed: 2));
Console.WriteLine($"{train.Count:N0} recordings to train on and {test.Count} to test, made in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");

// The same scale for every spectrum, so that streams can use it.
var network = new Detector(seed: 1);
network.SetScaling(inputs: Scaler.Standard(train.Inputs, Spectra.Bands));
var steps = epochs * ((train.Count + Detector.BatchSize - 1) / Detector.BatchSize);
var optimizer = new Adam(learningRate: 0.003f) { ClipNorm = 1, Schedule = new CosineDecay(steps) };
start = Stopwatch.GetTimestamp();
var trainer = Trainer.For(network, optimizer, new TrainerOptions { Seed = 1, Progress = false, Metrics = [new Accuracy()] });
trainer.Fit(train, epochs);
var accuracy = trainer.Evaluate(test).Metrics[0].Value;
Console.WriteLine($"Trained for {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");
Console.WriteLine($"Test accuracy {accuracy:P2} of the outputs, of which there are {Detector.OutputSteps} per recording.");

var (sound, ends, others) = Recordings.MakeLong(seconds: 60, seed: 3);
Console.WriteLine($"A minute with the word {ends.Count} times and others {others} times:");
var (found, falseAlarms) = Listening.Run(network, sound, ends);
Console.WriteLine($"Found {found} of {ends.Count}, false alarms {falseAlarms}");
