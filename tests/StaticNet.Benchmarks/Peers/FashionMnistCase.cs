using System.Diagnostics;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Data;
using StaticNet.Optimizers;
using StaticNet.Training;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Whole epochs on Fashion-MNIST, on one core, beside a published time of another machine.</summary>
/// <typeparam name="TNetwork">A network on 28×28 pixels with ten classes.</typeparam>
/// <param name="name">The network's name.</param>
/// <param name="epochs">The number of epochs.</param>
/// <param name="published">The time of as many on as many images.</param>
internal sealed class FashionMnistCase<TNetwork>(string name, int epochs, PublishedTime published) : PeerCase(name, $"{epochs} epochs", TNetwork.BatchSize)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // What a network that has learned is well above.
    private const double LeastAccuracy = 0.8;
    private const float LearningRate = 3e-4f;

    // Where Debian's package puts the files.
    private const string Folder = "/usr/share/datasets/fashion-mnist";

    /// <inheritdoc/>
    public override string Peer => published.Peer;

    /// <inheritdoc/>
    public override string? Missing => Directory.Exists(Folder) ? null : $"Fashion-MNIST was not found in {Folder}; Debian's package dataset-fashion-mnist installs it";

    /// <inheritdoc/>
    public override PeerMeasurement Measure(FoundPeers peers)
    {
        var (train, test) = (Load("train"), Load("t10k"));
        var network = TNetwork.Create(1);
        var trainer = Trainer.For(network, new Adam(LearningRate), new TrainerOptions { Threads = 1, Progress = false });

        var start = Stopwatch.GetTimestamp();
        trainer.Fit(train, epochs);
        var time = Timing.Of([Clock.NanosecondsSince(start)]);

        var accuracy = trainer.Evaluate(test)["accuracy"];
        if (accuracy < LeastAccuracy)
            throw new PeerException($"{FullName}: expected to recognise {LeastAccuracy:P0} of the test images or more after {epochs} epochs, but it was {accuracy:P1}.");
        var step = TrainCase<TNetwork>.WorkOfStep(TNetwork.BatchSize);
        var steps = (double)epochs * train.Count / TNetwork.BatchSize;
        return new PeerMeasurement(time, Timing.Of([published.Nanoseconds]), new Work(step.Flops * steps, step.Bytes), 1);
    }

    private static DataSet Load(string part) =>
        DataSet.FromIdx(Path.Combine(Folder, $"{part}-images-idx3-ubyte.gz"), Path.Combine(Folder, $"{part}-labels-idx1-ubyte.gz"));
}
