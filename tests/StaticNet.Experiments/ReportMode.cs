using System.Diagnostics;
using StaticNet.Data;
using StaticNet.Insight;
using StaticNet.Optimizers;
using StaticNet.Schedules;
using StaticNet.Training;

namespace StaticNet.Experiments;

/// <summary>The report of a training on Fashion-MNIST: how large it is, and what it costs.</summary>
internal static class ReportMode
{
    private const int Epochs = 30;
    private const string Page = "report.html";

    public static void Run(DataSet train, DataSet test)
    {
        var report = new ReportCallback(Page)
        {
            TrainingData = train,
            MeasuredData = test,
            Images = new ImageShape(1, 28, 28),
            ClassNames = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
        };
        var network = new Perceptron(seed: 1);
        network.SetScaling(inputs: Scaler.Standard(train.Inputs, length: 1));
        var steps = (long)Epochs * ((train.Count + 63) / 64);
        var options = new TrainerOptions { BatchSize = 64, Callbacks = [report] };
        var trainer = Trainer.For(network, new Adam { Schedule = new CosineDecay(steps) }, options);
        var watch = Stopwatch.StartNew();
        trainer.Fit(train, Epochs, test);
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine($"{Page}: {new FileInfo(Page).Length / 1024.0:F0} KiB, after {Epochs} epochs in {seconds:F1} s, of which the report took {report.TimeSpent.TotalSeconds:F2} s ({report.TimeSpent.TotalSeconds / seconds:P1})");
        Console.WriteLine(report.Findings.Count == 0 ? "No findings" : string.Join('\n', report.Findings));
    }
}
