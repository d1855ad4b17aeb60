using StaticNet.Benchmarks.Kernels;
using StaticNet.Benchmarks.Peers;
using StaticNet.Benchmarks.Startup;
using StaticNet.Networks;
using StaticNet.Networks.Sequences;

namespace StaticNet.Benchmarks;

/// <summary>A network that is measured, for every mode of this program.</summary>
/// <param name="name">The name in tables, filters and JSON.</param>
internal abstract class BenchmarkNetwork(string name)
{
    /// <summary>The networks: one line each.</summary>
    public static IReadOnlyList<BenchmarkNetwork> All { get; } =
    [
        new BenchmarkNetwork<MlpTanh8x16x16x4>("mlp-8-16-16-4-tanh"),
        new BenchmarkNetwork<Mlp64x64x64x8>("mlp-64-64-64-8-relu"),
        new BenchmarkNetwork<Mlp64x64x64x8Rounded, Mlp64x64x64x8>("mlp-64-64-64-8-relu-bf16") { TrainingBatches = [], HasRoundedWeights = true },
        new BenchmarkNetwork<Mlp784x128x10>("mlp-784-128-10-relu") { ThreadedBatches = [Mlp784x128x10.BatchSize] },
        new BenchmarkNetwork<Mlp784x128x10Rounded, Mlp784x128x10>("mlp-784-128-10-relu-bf16") { TrainingBatches = [], HasRoundedWeights = true },
        new BenchmarkNetwork<LeNet5>("lenet5"),
        new BenchmarkNetwork<Cnn32x64>("cnn-32-64") { TrainingBatches = [32, 64], ThreadedBatches = [64], AddedError = WinogradError.Of<Cnn32x64, Cnn32x64Direct> },
        new BenchmarkNetwork<Cnn32x64Direct, Cnn32x64>("cnn-32-64-direct") { TrainingBatches = [] },
        new BenchmarkNetwork<AdAutoencoder>("ad-autoencoder"),
        new BenchmarkNetwork<AdAutoencoderRounded, AdAutoencoder>("ad-autoencoder-bf16") { TrainingBatches = [], HasRoundedWeights = true },
        new BenchmarkNetwork<DsCnn, DsCnnTraining>("ds-cnn") { LearningRate = 1e-4f },
        new BenchmarkNetwork<ResNet8, ResNet8Training>("resnet8") { ThreadedBatches = [ResNet8Training.BatchSize], AddedError = WinogradError.Of<ResNet8, ResNet8Direct> },
        new BenchmarkNetwork<ResNet8Direct, ResNet8Training>("resnet8-direct") { TrainingBatches = [] },
        new BenchmarkNetwork<MobileNetV1x025, MobileNetV1x025Training>("mobilenet-v1-025") { LearningRate = 1e-6f },
        new StreamNetwork<Gru8Stream>("gru-8"),
        new StreamNetwork<Gru16Stream>("gru-16"),
        new StreamNetwork<Gru32Training>("gru-32") { Training = new TrainCase<Gru32Training>("gru-32", Gru32Training.BatchSize, TrainingSettings.LearningRate) },
        new StreamNetwork<Lstm32Stream>("lstm-32") { Training = new TrainCase<Lstm32Training>("lstm-32", Lstm32Training.BatchSize, TrainingSettings.LearningRate) },
        new StreamNetwork<Lstm40Stream>("lstm-40"),
        new StreamNetwork<AmplifierLstm>("nam-lstm-3"),
        new StreamNetwork<AmplifierWaveNet>("nam-a1-standard"),
        new StreamNetwork<AmplifierA2Of3>("nam-a2-3-channels"),
        new StreamNetwork<AmplifierA2Of8>("nam-a2-8-channels"),
    ];

    /// <summary>The name in tables, filters and JSON.</summary>
    public string Name => name;

    /// <summary>
    /// What the forward pass adds to the error of the outputs by Winograd's transforms, as a part of the largest; null where it has none.
    /// </summary>
    public Func<double>? AddedError { get; init; }

    /// <summary>What peers are measured on.</summary>
    public abstract IEnumerable<PeerCase> PeerCases { get; }

    /// <summary>The BenchmarkDotNet class of its kernels; null: it has none.</summary>
    public abstract Type? KernelBenchmarks { get; }

    /// <summary>Constructs it and computes once, see <see cref="StartupMode"/>.</summary>
    public abstract FirstCalls FirstCalls(long mainStart, bool isPrepared);
}

/// <summary>A network that is measured in two forms.</summary>
/// <typeparam name="TForward">What computes outputs.</typeparam>
/// <typeparam name="TTraining">What trains: the same layers, maybe without a softmax at their end.</typeparam>
/// <param name="name">The name in tables, filters and JSON.</param>
internal class BenchmarkNetwork<TForward, TTraining>(string name) : BenchmarkNetwork(name)
    where TForward : class, INetwork<TForward>
    where TTraining : class, ITrainableNetwork<TTraining>
{
    /// <summary>The numbers of samples a training step. Default: the network's capacity alone.</summary>
    public int[] TrainingBatches { get; init; } = [TTraining.BatchSize];

    /// <summary>The numbers of samples a training step that is measured on all cores too. Default: none.</summary>
    public int[] ThreadedBatches { get; init; } = [];

    /// <summary>
    /// Whether it computes with weights of 16 bits. The peer has floats; they hold the same numbers, so that outputs can be compared.
    /// </summary>
    public bool HasRoundedWeights { get; init; }

    /// <summary>
    /// The learning rate. A network so deep that the rounding of its first gradients shows in the losses of its next steps wants
    /// a smaller one, or nothing could be compared; the time of a step does not depend on it.
    /// </summary>
    public float LearningRate { get; init; } = TrainingSettings.LearningRate;

    /// <inheritdoc/>
    public override IEnumerable<PeerCase> PeerCases =>
    [
        new ForwardCase<TForward>(Name, 1, HasRoundedWeights),
        new ForwardCase<TForward>(Name, 64, HasRoundedWeights),
        .. TrainingBatches.Select(batch => new TrainCase<TTraining>(Name, batch, LearningRate)),
        .. ThreadedBatches.Select(batch => new ThreadsCase<TTraining>(Name, batch, LearningRate)),
    ];

    /// <inheritdoc/>
    public override Type KernelBenchmarks => typeof(NetworkBenchmarks<TTraining>);

    /// <inheritdoc/>
    public override FirstCalls FirstCalls(long mainStart, bool isPrepared) => StartupMode.Measure<TForward>(mainStart, isPrepared);
}

/// <summary>A network that computes outputs as it trains.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="name">The name in tables, filters and JSON.</param>
internal sealed class BenchmarkNetwork<TNetwork>(string name) : BenchmarkNetwork<TNetwork, TNetwork>(name)
    where TNetwork : class, ITrainableNetwork<TNetwork>;
