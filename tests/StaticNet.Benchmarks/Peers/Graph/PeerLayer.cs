namespace StaticNet.Benchmarks.Peers.Graph;

/// <summary>One operation of a network with its values, as peers are told of it. Shapes are a sample's.</summary>
/// <param name="Name">The layer's full name.</param>
/// <param name="Sources">The places in <see cref="PeerGraph.Layers"/> of those whose outputs it takes.</param>
/// <param name="Shape">The shape of its output.</param>
internal abstract record PeerLayer(string Name, int[] Sources, int[] Shape)
{
    /// <summary>Its values, in the order in which peers are told of them.</summary>
    public virtual IEnumerable<PeerTensor> Tensors => [];

    /// <summary>Those that are there.</summary>
    /// <param name="tensors">Tensors, some of them null.</param>
    protected static IEnumerable<PeerTensor> Present(params IEnumerable<PeerTensor?> tensors) => tensors.OfType<PeerTensor>();
}

/// <summary>The network's input.</summary>
/// <param name="Shape">Its shape.</param>
internal sealed record PeerInput(int[] Shape) : PeerLayer("input", [], Shape);

/// <summary>y = x·Wᵀ + b over the last axis.</summary>
/// <param name="Weight">[units, inputs].</param>
/// <param name="Bias">[units], or null.</param>
internal sealed record PeerDense(string Name, int[] Sources, int[] Shape, PeerTensor Weight, PeerTensor? Bias)
    : PeerLayer(Name, Sources, Shape)
{
    /// <inheritdoc/>
    public override IEnumerable<PeerTensor> Tensors => Present(Weight, Bias);
}

/// <summary>A recurrent layer from the first step to the last, [steps, units], with the functions and the order of gates of PyTorch.</summary>
/// <param name="Cell">The kind of its cell.</param>
/// <param name="InputWeight">[gates · units, inputs].</param>
/// <param name="RecurrentWeight">[gates · units, units].</param>
/// <param name="InputBias">[gates · units].</param>
/// <param name="RecurrentBias">[gates · units].</param>
internal sealed record PeerRecurrent(
    string Name,
    int[] Sources,
    int[] Shape,
    PeerCell Cell,
    PeerTensor InputWeight,
    PeerTensor RecurrentWeight,
    PeerTensor InputBias,
    PeerTensor RecurrentBias)
    : PeerLayer(Name, Sources, Shape)
{
    /// <inheritdoc/>
    public override IEnumerable<PeerTensor> Tensors => [InputWeight, RecurrentWeight, InputBias, RecurrentBias];
}

/// <summary>A convolution over one or two axes; a depthwise one has as many groups as channels.</summary>
/// <param name="Window">How the kernel moves.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="Weight">[filters, channels / groups, kernel…].</param>
/// <param name="Bias">[filters], or null.</param>
internal sealed record PeerConvolution(
    string Name, int[] Sources, int[] Shape, PeerWindow Window, int Groups, PeerTensor Weight, PeerTensor? Bias)
    : PeerLayer(Name, Sources, Shape)
{
    /// <inheritdoc/>
    public override IEnumerable<PeerTensor> Tensors => Present(Weight, Bias);
}

/// <summary>A transposed convolution over one or two axes.</summary>
/// <param name="Window">How the kernel moves over the output.</param>
/// <param name="OutputPadding">What is added to the output's end, one number an axis.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="Weight">[channels, filters / groups, kernel…].</param>
/// <param name="Bias">[filters], or null.</param>
internal sealed record PeerTransposedConvolution(
    string Name,
    int[] Sources,
    int[] Shape,
    PeerWindow Window,
    int[] OutputPadding,
    int Groups,
    PeerTensor Weight,
    PeerTensor? Bias)
    : PeerLayer(Name, Sources, Shape)
{
    /// <inheritdoc/>
    public override IEnumerable<PeerTensor> Tensors => Present(Weight, Bias);
}

/// <summary>A maximum or a mean over windows.</summary>
/// <param name="Window">How the window moves.</param>
/// <param name="Maximum">Whether it is the maximum.</param>
/// <param name="Ceiling">Whether a last window may reach over the end.</param>
/// <param name="CountsPadding">Whether padding counts in a mean.</param>
internal sealed record PeerPool(
    string Name, int[] Sources, int[] Shape, PeerWindow Window, bool Maximum, bool Ceiling, bool CountsPadding)
    : PeerLayer(Name, Sources, Shape);

/// <summary>A maximum or a mean over all of a channel, [channels, 1…].</summary>
/// <param name="Maximum">Whether it is the maximum.</param>
internal sealed record PeerGlobalPool(string Name, int[] Sources, int[] Shape, bool Maximum) : PeerLayer(Name, Sources, Shape);

/// <summary>Batch normalisation, each tensor with one value a channel.</summary>
/// <param name="Weight">γ.</param>
/// <param name="Bias">β.</param>
/// <param name="Mean">The running mean.</param>
/// <param name="Variance">The running variance.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Momentum">The weight of a batch's statistics in the running ones; NaN for a cumulative average.</param>
internal sealed record PeerBatchNorm(
    string Name,
    int[] Sources,
    int[] Shape,
    PeerTensor Weight,
    PeerTensor Bias,
    PeerTensor Mean,
    PeerTensor Variance,
    double Epsilon,
    double Momentum)
    : PeerLayer(Name, Sources, Shape)
{
    /// <inheritdoc/>
    public override IEnumerable<PeerTensor> Tensors => [Weight, Bias, Mean, Variance];
}

/// <summary>A function of each element, or the softmax of the last axis.</summary>
/// <param name="Function">The function, with its default α.</param>
internal sealed record PeerActivation(string Name, int[] Sources, int[] Shape, Activation Function)
    : PeerLayer(Name, Sources, Shape);

/// <summary>Dropout, which at inference is not there.</summary>
/// <param name="Rate">The share of elements that training drops.</param>
internal sealed record PeerDropout(string Name, int[] Sources, int[] Shape, double Rate) : PeerLayer(Name, Sources, Shape);

/// <summary>The same elements in another shape.</summary>
internal sealed record PeerReshape(string Name, int[] Sources, int[] Shape) : PeerLayer(Name, Sources, Shape);

/// <summary>The sum of several.</summary>
internal sealed record PeerAdd(string Name, int[] Sources, int[] Shape) : PeerLayer(Name, Sources, Shape);

/// <summary>Several, one behind the other.</summary>
/// <param name="Axis">The axis of a sample, from 0.</param>
internal sealed record PeerConcat(string Name, int[] Sources, int[] Shape, int Axis) : PeerLayer(Name, Sources, Shape);
