using System.Diagnostics;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Experiments;

/// <summary>One training by the size of its batches, from all samples to a single one.</summary>
internal static class BatchSizes
{
    private const int Epochs = 30;
    private const double Goal = 0.85;

    /// <summary>The learning rate at <see cref="UsualBatch"/>; others in proportion, up to <see cref="LargestRate"/>.</summary>
    private const float Rate = 0.1f;
    private const int UsualBatch = 64;
    private const float LargestRate = 0.5f;

    public static void Run(DataSet train, DataSet test)
    {
        Console.WriteLine($"Fashion-MNIST, 784-128-10 with ReLU, plain stochastic gradient descent, {Epochs} epochs, one thread.");
        Console.WriteLine($"The learning rate is {Rate} × batch / {UsualBatch}, at most {LargestRate}.\n");
        Console.WriteLine($"| batch | steps per epoch | learning rate | time per epoch | epochs to {Goal * 100:F0} % | accuracy after {Epochs} epochs |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var batch in new[] { train.Count, 6000, 1000, 256, 64, 16, 4, 1 })
            Measure(train, test, batch);
    }

    private static void Measure(DataSet train, DataSet test, int batch)
    {
        // A step of more samples than the network's batches is made of several batches.
        var parts = (batch + Perceptron.BatchSize - 1) / Perceptron.BatchSize;
        var rate = Math.Min(Rate * batch / UsualBatch, LargestRate);
        var options = new TrainerOptions { BatchSize = (batch + parts - 1) / parts, AccumulateBatches = parts, Seed = 1, Threads = 1, Progress = false };
        var trainer = new Trainer<Perceptron>(new Perceptron(seed: 1), new Sgd(rate), options);

        var seconds = 0.0;
        int? reached = null;
        var accuracy = 0.0;
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            trainer.Fit(train, epochs: 1);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            accuracy = trainer.Evaluate(test)["accuracy"];
            if (accuracy >= Goal)
                reached ??= epoch;
        }

        var steps = (train.Count + batch - 1) / batch;
        Console.WriteLine($"| {batch:N0} | {steps:N0} | {rate:0.#####} | {seconds / Epochs:F2} s | {(reached is { } epochs ? $"{epochs}" : $"not in {Epochs}")} | {accuracy * 100:F2} % |");
    }
}
