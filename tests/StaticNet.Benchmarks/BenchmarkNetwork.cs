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
        new BenchmarkNetwork<Dense4>("dense-4") { TrainingBatches = [] },
        new BenchmarkNetwork<Dense8>("dense-8") { TrainingBatches = [] },
        new BenchmarkNetwork<Dense32>("dense-32") { TrainingBatches = [] },
        new BenchmarkNetwork<Dense64>("dense-64") { TrainingBatches = [] },
        new BenchmarkNetwork<ExponentialMlp>("mlp-4-32-16-4-tanh")
        {
            Settings = ExponentialMlp.Settings,
            Published = [new PublishedStepCase<ExponentialMlp>("mlp-4-32-16-4-tanh", ExponentialMlp.BatchSize, ExponentialMlp.Settings, ExponentialMlp.Published)],
        },
        new BenchmarkNetwork<LeNet5>("lenet5"),
        new BenchmarkNetwork<ValidLeNet5>("lenet5-valid-relu-max")
        {
            Published = [new FashionMnistCase<ValidLeNet5>("lenet5-valid-relu-max", epochs: 10, ValidLeNet5.Published)],
        },
        new BenchmarkNetwork<Cnn32x64>("cnn-32-64") { TrainingBatches = [32, 64], ThreadedBatches = [64], AddedError = WinogradError.Of<Cnn32x64, Cnn32x64Direct> },
        new BenchmarkNetwork<Cnn32x64Direct, Cnn32x64>("cnn-32-64-direct") { TrainingBatches = [] },
        new BenchmarkNetwork<AdAutoencoder>("ad-autoencoder"),
        new BenchmarkNetwork<AdAutoencoderRounded, AdAutoencoder>("ad-autoencoder-bf16") { TrainingBatches = [], HasRoundedWeights = true },
        new BenchmarkNetwork<DsCnn, DsCnnTraining>("ds-cnn") { Settings = new() { LearningRate = 1e-4f } },
        new BenchmarkNetwork<ResNet8, ResNet8Training>("resnet8") { ThreadedBatches = [ResNet8Training.BatchSize], AddedError = WinogradError.Of<ResNet8, ResNet8Direct> },
        new BenchmarkNetwork<ResNet8Direct, ResNet8Training>("resnet8-direct") { TrainingBatches = [] },
        new BenchmarkNetwork<MobileNetV1x025, MobileNetV1x025Training>("mobilenet-v1-025") { Settings = new() { LearningRate = 1e-6f } },
        new StreamNetwork<Gru8Stream>("gru-8"),
        new StreamNetwork<Gru16Stream>("gru-16"),
        new StreamNetwork<Gru32Training>("gru-32") { Training = new TrainCase<Gru32Training>("gru-32", Gru32Training.BatchSize, TrainingSettings.Default) },
        new StreamNetwork<Lstm32Stream>("lstm-32") { Training = new TrainCase<Lstm32Training>("lstm-32", Lstm32Training.BatchSize, TrainingSettings.Default) },
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

    /// <summary>The numbers of samples of a forward pass. Default: 1 and 64.</summary>
    public int[] ForwardBatches { get; init; } = [1, 64];

    /// <summary>The optimizer of training steps and its learning rate.</summary>
    public TrainingSettings Settings { get; init; } = TrainingSettings.Default;

    /// <summary>What others have published of this network, on other machines. Default: nothing.</summary>
    public PeerCase[] Published { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<PeerCase> PeerCases =>
    [
        .. ForwardBatches.Select(batch => new ForwardCase<TForward>(Name, batch, HasRoundedWeights)),
        .. TrainingBatches.Select(batch => new TrainCase<TTraining>(Name, batch, Settings)),
        .. ThreadedBatches.Select(batch => new ThreadsCase<TTraining>(Name, batch, Settings)),
        .. Published,
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
