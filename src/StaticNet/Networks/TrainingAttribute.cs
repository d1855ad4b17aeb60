namespace StaticNet;

/// <summary>Requests training code. Without it, a network is for inference only, with no backward code at all.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainingAttribute : Attribute
{
    /// <summary>
    /// The largest number of samples in a batch, 1 to 65,536. Training keeps the activations of as many, unless the
    /// batch is so large that it is trained in parts. Smaller batches run through the same code. Default: 32.
    /// </summary>
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>
    /// The number of steps after which back-propagation through time is truncated, 1 up to the input's steps; 0 (the default): never. The steps of
    /// a sequence are divided into windows of so many. Recurrent layers carry their states from window to window, but gradients
    /// do not go back from one window to another through them, as with states that are detached in PyTorch. Outputs and losses are the same.
    /// </summary>
    /// <remarks>
    /// Long sequences can then be trained whose gradients would vanish, explode or follow noise through all of their steps. Convolutions and delays look back a fixed number
    /// of steps, and their gradients are not truncated. Williams and Peng, "An Efficient Gradient-Based Algorithm for On-Line
    /// Training of Recurrent Network Trajectories", 1990.
    /// </remarks>
    public int TimeSteps { get; set; }

    /// <summary>
    /// Whether each layer's outputs and their gradients stay in memory until the next step, so that
    /// <see cref="ITrainableNetwork{TSelf}.TraceStep"/> can show them. It costs memory, since these values do not share memory
    /// with others (<c>BatchSize</c> × the outputs of all layers, twice), and a little time, since values are stored that would
    /// otherwise stay in registers. Losses, gradients and weights are the same bits. Default: false.
    /// </summary>
    public bool KeepValues { get; set; }

    /// <summary>
    /// Whether a training step also computes the gradients of the network's inputs, which
    /// <see cref="IInputGradients{TSelf}.CopyInputGradients"/> copies: for modules before the network, saliency and adversarial
    /// examples. It costs the time and memory of one more layer's backward pass. Default: false.
    /// </summary>
    public bool InputGradients { get; set; }
}
