namespace StaticNet.Benchmarks.Peers;

/// <summary>
/// The first network that SimpleChains.jl, a library for small networks on processors, publishes times of: it learns the
/// exponential of 2×2 matrices, all 10,000 samples a step.
/// </summary>
[Network]
[Input(4)]
[Dense(32, Activation = Activation.Tanh)]
[Dense(16, Activation = Activation.Tanh)]
[Dense(4)]
[MeanSquaredErrorLoss]
[Training(BatchSize = 10_000)]
internal sealed partial class ExponentialMlp
{
    /// <summary>How it is trained there.</summary>
    public static TrainingSettings Settings { get; } = new() { UsesAdam = true };

    /// <summary>An epoch, which is one step.</summary>
    public static PublishedTime Published { get; } = new("SimpleChains.jl, 18 cores", 41e3);
}

/// <summary>The second: LeNet-5 without padding, with ReLU and max pooling.</summary>
[Network]
[Input(1, 28, 28)]
[Conv2D(6, Kernel = 5, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Conv2D(16, Kernel = 5, Activation = Activation.ReLU)]
[MaxPool2D(2)]
[Flatten]
[Dense(120, Activation = Activation.ReLU)]
[Dense(84, Activation = Activation.ReLU)]
[Dense(10)]
[SoftmaxCrossEntropyLoss]
[Training(BatchSize = 64)]
internal sealed partial class ValidLeNet5
{
    /// <summary>Ten epochs of 60,000 images.</summary>
    public static PublishedTime Published { get; } = new("SimpleChains.jl, 18 cores", 1.24e9);
}
