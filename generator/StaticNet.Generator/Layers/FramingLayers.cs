using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Zeros around the positions of one or two axes after the channel, or positions that are cut off there.</summary>
/// <param name="Crops">Whether positions are cut off.</param>
/// <param name="Axes">The sides of each axis.</param>
internal sealed record FramingLayer(bool Crops, EquatableArray<Sides> Axes) : Layer
{
    /// <summary>More would only make larger outputs of nothing.</summary>
    private const int MostPositions = 1 << 16;

    public override string Kind => Crops ? "cropping" : "zeroPadding";

    public override string Title
    {
        get
        {
            var sides = Axes.SelectMany(axis => new[] { axis.Before, axis.After }).ToArray();
            return $"{Attribute} {(sides.Distinct().Count() == 1 ? Invariant.Text(sides[0]) : string.Join(", ", Axes.Select(axis => $"{axis.Before}+{axis.After}")))}";
        }
    }

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        foreach (var count in Axes.SelectMany(axis => new[] { axis.Before, axis.After }))
        {
            if (count is < 0 or > MostPositions)
                return errors.Argument(Crops ? "Cropping" : "Padding", $"0 to {MostPositions}", Invariant.Text(count));
        }

        if (input.Rank != Axes.Count + 1)
            return errors.Shapes($"{Attribute} takes {(Axes.Count == 1 ? "[channel, length]" : "[channel, height, width]")}, but its input is {input}");
        var sizes = Axes.Select((axis, index) => input.Shape[index + 1] + (Crops ? -1 : 1) * (axis.Before + axis.After)).ToArray();
        return sizes.All(size => size > 0)
            ? TensorType.Of([input.Shape[0], .. sizes])
            : errors.Shapes($"{Title} leaves nothing of its input {input}");
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved) =>
        network.Frame(inputs[0], resolved.Output, [0, .. Axes.Select(axis => Crops ? -axis.Before : axis.Before)], Crops ? "Crop" : "Pad");

    private string Attribute => $"{(Crops ? "Cropping" : "ZeroPadding")}{Axes.Count}D";
}

/// <summary>Zeros before and after the elements along one axis.</summary>
internal sealed record PadLayer(int Axis, int Before, int After) : Layer
{
    /// <summary>As many as at the sides of positions.</summary>
    private const int MostElements = 1 << 16;

    public override string Kind => "pad";

    public override string Title => $"Pad {Before}+{After} along axis {Axis}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        if (Axis < -input.Rank || Axis >= input.Rank)
            return errors.Argument("axis", $"{Invariant.Text(-input.Rank)} to {input.Rank - 1}", Invariant.Text(Axis));
        if (Before is < 0 or > MostElements)
            return errors.Argument("before", $"0 to {MostElements}", Invariant.Text(Before));
        return After is < 0 or > MostElements
            ? errors.Argument("after", $"0 to {MostElements}", Invariant.Text(After))
            : input.WithAxis(AxisOf(input), input.Shape[AxisOf(input)] + Before + After);
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var before = new int[inputs[0].Type.Rank];
        before[AxisOf(inputs[0].Type)] = Before;
        return network.Frame(inputs[0], resolved.Output, before, "Pad");
    }

    private int AxisOf(TensorType input) => AxisRules.FromFirst(Axis, input.Rank);
}

/// <summary>A run of elements along one axis.</summary>
internal sealed record SliceLayer(int Axis, int Start, int Length) : Layer
{
    public override string Kind => "slice";

    public override string Title => $"Slice {Length} from {Start} along axis {Axis}";

    public override LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors)
    {
        var input = inputs[0];
        if (Axis < -input.Rank || Axis >= input.Rank)
            return errors.Argument("axis", $"{Invariant.Text(-input.Rank)} to {input.Rank - 1}", Invariant.Text(Axis));
        if (Start < 0)
            return errors.Argument("start", "0 or more", Invariant.Text(Start));
        if (Length < 1)
            return errors.Argument("length", "1 or more", Invariant.Text(Length));
        var axis = AxisOf(input);
        return (long)Start + Length <= input.Shape[axis]
            ? input.WithAxis(axis, Length)
            : errors.Shapes($"Slice takes elements {Start} to {(long)Start + Length - 1} along axis {axis}, but its input is {input}");
    }

    public override LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved)
    {
        var input = inputs[0].Type;
        var before = new int[input.Rank];
        before[AxisOf(input)] = -Start;
        return network.Frame(inputs[0], input.WithAxis(AxisOf(input), Length), before, "Slice");
    }

    private int AxisOf(TensorType input) => AxisRules.FromFirst(Axis, input.Rank);
}
