using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The parameters and figures of a batch norm.</summary>
/// <param name="Weight">γ, or null.</param>
/// <param name="Bias">β, or null.</param>
/// <param name="Mean">The running mean.</param>
/// <param name="Variance">The running variance.</param>
/// <param name="Batches">The number of batches that the running statistics have seen.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Momentum">The weight of the new value; NaN: all batches count alike.</param>
internal sealed record BatchNormParameters(
    Parameter? Weight, Parameter? Bias, Parameter Mean, Parameter Variance, Parameter Batches, float Epsilon, float Momentum)
{
    public IEnumerable<Parameter> All => new[] { Weight, Bias, Mean, Variance, Batches }.OfType<Parameter>();
}

/// <summary>The mean of each channel of a sample, and the sum of the squared distances from it.</summary>
internal sealed class SampleMoments(string layer, Value input) : Operation(layer, [input], TensorType.Of(Rows, input.Type.Channels))
{
    public const int Rows = 2, MeanRow = 0, SquaresRow = 1;

    public override string Verb => "SampleMoments";

    // Outside training the moments are the running ones, known before the first sample.
    public override IReadOnlyList<Operation> AtInference => [];
}

/// <summary>
/// The vectors that normalise a batch: mean, 1 / deviation, scale = γ / deviation and shift = β − mean · scale. From the batch
/// itself, whose moments also move the running ones; without an input, or at inference, from the running ones.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="input">The moments of each sample, or, where a sample has one value a channel, the samples themselves; null: none.</param>
/// <param name="channels">The number of channels.</param>
/// <param name="pixels">The values of a channel in a sample.</param>
/// <param name="norm">The parameters and figures.</param>
internal sealed class BatchMoments(string layer, Value? input, int channels, int pixels, BatchNormParameters norm)
    : Operation(layer, input is null ? [] : [input], TensorType.Of(Rows, channels), isShared: true)
{
    public const int Rows = 4, MeanRow = 0, InverseRow = 1, ScaleRow = 2, ShiftRow = 3;

    /// <summary>The values of a channel in a sample.</summary>
    public int Pixels { get; } = pixels;

    public BatchNormParameters Norm { get; } = norm;

    public int Channels { get; } = channels;

    public override string Verb => Inputs.Count > 0 ? "Moments" : "RunningMoments";

    public override IEnumerable<Parameter> Parameters => Norm.All;

    public override IReadOnlyList<Operation> AtInference => [Running];

    public override Value InferenceOutput => Running.Output;

    /// <summary>The same from the running statistics.</summary>
    public BatchMoments Running => _running ??= MakeRunning();

    private BatchMoments? _running;

    private BatchMoments MakeRunning()
    {
        if (Inputs.Count == 0)
            return this;
        var running = new BatchMoments(Layer, null, Channels, Pixels, Norm);
        running.Output.Name = Output.Name + ".running";
        return running;
    }
}

/// <summary>Counts a batch, after all who read the number.</summary>
/// <param name="moments">What the batch has moved.</param>
internal sealed class BatchCount(BatchMoments moments) : ParameterGradient(moments.Layer, moments.Norm.Batches, [])
{
    /// <summary>The values of a channel in a sample, over all its steps.</summary>
    public int Values { get; } = moments.Pixels * moments.Inputs[0].Steps;

    public override bool IsSum => false;

    public override string Verb => "CountBatch";
}

/// <summary>y = x · scale + shift, channel by channel.</summary>
internal sealed class BatchNormalization(string layer, Value input, BatchMoments moments)
    : Elementwise(layer, ElementFunctions.ScaleAndShift, [input, moments.Output], verb: "Normalize")
{
    public override IReadOnlyList<LaneOperand> LaneOperands =>
        [new LaneOperand(null, Inputs[1], BatchMoments.ScaleRow), new LaneOperand(null, Inputs[1], BatchMoments.ShiftRow)];

    public override void Differentiate(Backward backward, Value gradient)
    {
        var isFrozen = moments.Inputs.Count == 0;
        if (isFrozen)
        {
            if (backward.Wants(Inputs[0]))
                backward.Accumulate(Inputs[0], backward.Add(new BatchNormGradient(Layer, gradient, null, Inputs[1], BatchMoments.ScaleRow)));
            return;
        }

        var sums = backward.Add(moments.Pixels == 1
            ? new BatchNormSums(Layer, [gradient, Inputs[0]], moments)
            : new BatchNormSums(Layer, [backward.Add(new SampleGradientSums(Layer, gradient, Inputs[0], moments))], moments));
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new BatchNormGradient(Layer, gradient, Inputs[0], sums, 0)));
    }
}

/// <summary>Σ dy and Σ dy·(x − mean) of each channel of a sample.</summary>
internal sealed class SampleGradientSums(string layer, Value gradient, Value input, BatchMoments moments)
    : Operation(layer, [gradient, input, moments.Output], TensorType.Of(Rows, moments.Channels))
{
    public const int Rows = 2, SumRow = 0, ProductRow = 1;

    public override string Verb => "SampleGradientSums";
}

/// <summary>
/// The gradients of γ and β, which are sums over the batch, and the vectors a, b and c with which dx = a·dy + b·x + c.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="inputs">The sums of each sample; or, where a sample has one value a channel, the gradient and the input.</param>
/// <param name="moments">The moments of the batch.</param>
internal sealed class BatchNormSums(string layer, IReadOnlyList<Value> inputs, BatchMoments moments)
    : Operation(layer, [.. inputs, moments.Output], TensorType.Of(Rows, moments.Channels), isShared: true)
{
    public const int Rows = 3;

    public BatchNormParameters Norm { get; } = moments.Norm;

    /// <summary>The values of a channel in a sample.</summary>
    public int Pixels { get; } = moments.Pixels;

    public override string Verb => "GradientSums";
}

/// <summary>dx = a·dy + b·x + c, or, where the statistics are frozen, scale·dy.</summary>
internal sealed class BatchNormGradient(string layer, Value gradient, Value? input, Value vectors, int firstRow)
    : Elementwise(layer, input is null ? ElementFunctions.Scale : ElementFunctions.CombineAndShift, input is null ? [gradient, vectors] : [gradient, input, vectors], verb: "NormalizeGradient")
{
    /// <summary>Whether the moments were the batch's own.</summary>
    public bool IsByBatch { get; } = input is not null;

    public override IReadOnlyList<LaneOperand> LaneOperands =>
        Enumerable.Range(firstRow, input is null ? 1 : BatchNormSums.Rows).Select(row => new LaneOperand(null, vectors, row)).ToArray();
}
