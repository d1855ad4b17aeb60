using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The maximum or the mean of each window over one or two axes.</summary>
internal sealed record PoolingLayer(PoolingKind Function, EquatableArray<AxisWindow> Windows, bool CountsPadding) : Layer
{
    public override string Kind => Function == PoolingKind.Maximum ? "maxPool" : "averagePool";

    public override string Title => $"{Attribute} {SpatialRules.Text(Windows)}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (Windows.FirstOrDefault(window => window.Before * 2 > window.Span || window.After * 2 > window.Span) is { Kernel: > 0 } wide && wide.Auto == AutoPadding.None && wide.Fault is null)
            return errors.Argument("Padding", $"half of the kernel, {wide.Span / 2}, or less", Invariant.Text(Math.Max(wide.Before, wide.After)));
        if (SpatialRules.Over(Attribute, Windows, inputs[0], errors) is not { } axes)
            return null;
        return axes.Any(axis => axis.MissesInput)
            ? errors.Shapes($"{Attribute} {SpatialRules.Text(Windows)} has a window over its input {inputs[0]} that covers nothing but padding")
            : new LayerShape(TensorType.Of([inputs[0].Shape[0], .. axes.Select(axis => axis.Output)]), axes);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Pool(inputs[0], Function, resolved.Windows, CountsPadding);

    private string Attribute => $"{(Function == PoolingKind.Maximum ? "Max" : "Average")}Pool{Windows.Count}D";
}

/// <summary>The maximum or the mean over all axes but the channel.</summary>
internal sealed record GlobalPoolingLayer(PoolingKind Function, bool KeepAxes) : Layer
{
    public override string Kind => Function == PoolingKind.Maximum ? "globalMaxPool" : "globalAveragePool";

    public override string Title => Function == PoolingKind.Maximum ? "GlobalMaxPool" : "GlobalAveragePool";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        if (inputs[0].Rank < 2)
            return errors.Shapes($"{Title} takes [channel, length] or [channel, height, width], but its input is {inputs[0]}");
        return TensorType.Of(KeepAxes ? [inputs[0].Shape[0], .. inputs[0].Shape.Skip(1).Select(_ => 1)] : [inputs[0].Shape[0]]);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var type = inputs[0].Type;
        var axes = type.Pixels.Select(size => new WindowedAxis(size, 1, size, size, 1, 0, 0)).ToArray();
        var pooled = network.Pool(inputs[0], Function, axes, countsPadding: true);
        return KeepAxes ? pooled : network.Reshape(pooled, TensorType.Of(type.Shape[0]));
    }
}
