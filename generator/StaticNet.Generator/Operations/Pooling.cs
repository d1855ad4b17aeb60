using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>The maximum, the mean or the sum of each window, channel by channel; channels last, or in planes.</summary>
internal sealed class Pooling(string layer, Value input, PoolingKind function, IReadOnlyList<WindowedAxis> axes, bool countsPadding)
    : Operation(layer, [input], OutputOf(input, axes))
{
    private Value? _taps;

    public PoolingKind Function { get; } = function;

    public IReadOnlyList<WindowedAxis> Axes { get; } = axes;

    /// <summary>Whether a mean divides by the taps that meet padding too.</summary>
    public bool CountsPadding { get; } = countsPadding;

    public override TailUse Tail => TailUse.Rows;

    /// <summary>Which tap of each window is the first that has the maximum.</summary>
    public Value Taps => _taps ??= Give("taps", Output.Type);

    public override string Verb => "Forward";

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (!backward.Wants(Inputs[0]))
            return;
        Value[] operands = [gradient];
        if (Function == PoolingKind.Maximum)
            operands = [gradient, Taps];
        backward.Accumulate(Inputs[0], backward.Add(new PoolingGradient(Layer, operands, this)));
    }

    /// <summary>What windows over a value give, in the value's order of axes.</summary>
    private static TensorType OutputOf(Value input, IReadOnlyList<WindowedAxis> axes)
    {
        var type = TensorType.Of([input.Type.Channels, .. axes.Select(axis => axis.Output)]);
        return input.Type.IsChannelsLast ? type.ChannelsLast : type;
    }
}

/// <summary>Gathers each element's gradient from the windows that took it: those where it was the maximum, or its share of the mean.</summary>
internal sealed class PoolingGradient(string layer, IReadOnlyList<Value> operands, Pooling pooling) : Operation(layer, operands, pooling.Inputs[0].Type)
{
    public Pooling Pooling { get; } = pooling;

    /// <summary>Whether windows write all rows of their planes.</summary>
    public bool WritesPlanes => Output.Type.IsInPlanes && (Pooling.Axes.Count == 1 || Pooling.Axes[0].Output * Pooling.Axes[0].Stride == Pooling.Axes[0].Input);

    public override TailUse Tail => WritesPlanes ? TailUse.Short : TailUse.None;

    public override string Verb => "Gradient";
}
