using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// Sums of products with a weight, plus a bias: what dense layers and convolutions are, and the gradients of their inputs, which are
/// their adjoints.
/// </summary>
internal abstract class Product : Operation
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="input">What is multiplied.</param>
    /// <param name="output">The type of the result.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">What is added, or null.</param>
    /// <param name="prepared">What is made of the weight, where that is what it multiplies by; null: the weight as it stands.</param>
    protected Product(string layer, Value input, TensorType output, Parameter weight, Parameter? bias, Operation? prepared)
        : base(layer, prepared is null ? [input] : [input, prepared.Output], output)
    {
        Weight = weight;
        Bias = bias;
        Prepared = prepared?.Output;
    }

    public Parameter Weight { get; }

    public Parameter? Bias { get; }

    /// <summary>What is made of the weight, where that is what it multiplies by.</summary>
    public Value? Prepared { get; }

    /// <summary>Whether it multiplies by the weight with inputs and outputs exchanged.</summary>
    public bool ReadsTransposed => Prepared?.Producer is TransposedWeight;

    /// <summary>A sentence that says why it is computed so, where there were several ways.</summary>
    public string Why { get; init; } = "";

    /// <summary>Whether it is the gradient of a product's input.</summary>
    public bool IsGradient { get; init; }

    /// <summary>Whether the bias follows the last axis, whatever that is; otherwise it follows the channel.</summary>
    protected virtual bool BiasFollowsLastAxis => false;

    /// <summary>Whether the gradient of its input multiplies by the weight with inputs and outputs exchanged.</summary>
    public virtual bool AdjointTransposes => false;

    public override string Verb => IsGradient ? "InputGradient" : "Forward";

    public override TailUse Tail => TailUse.Rows;

    public override IEnumerable<Parameter> Parameters => new[] { Prepared is null ? Weight : null, Bias }.OfType<Parameter>();

    /// <summary>How often each element of the weight takes part, per sample. As is usual, taps that meet padding count.</summary>
    public virtual int Places => Output.Type.Length / Weight.Outputs;

    // Of whole sequences the places are the steps, and what counts is one step.
    public override long MultiplyAdds => (IsOfWholeSequences ? 1 : (long)Places) * Weight.Learned;

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Weight.Trainable)
            backward.Add(WeightGradient(gradient));
        if (Bias is { Trainable: true })
            backward.Add(IsCentred(gradient) ? new ZeroGradient(Layer, Bias) : new SumGradient(Layer, Bias, [gradient], gradient.Type) { FollowsLastAxis = BiasFollowsLastAxis });
        AccumulateInput(backward, gradient);
    }

    /// <summary>
    /// Whether nothing but a norm by the batch's own moments reads the result: it takes the mean of each channel off, and with it the
    /// bias, so that the gradient of each channel sums up to zero.
    /// </summary>
    private bool IsCentred(Value gradient) => gradient.Producer is BatchNormGradient { IsByBatch: true } norm && norm.Inputs[1] == Output && gradient.Type.ChannelsAreLanes;

    /// <summary>The gradient of the weight.</summary>
    protected abstract ParameterGradient WeightGradient(Value gradient);

    /// <summary>Adds the gradient of the input, where it is wanted.</summary>
    protected abstract void AccumulateInput(Backward backward, Value gradient);
}
