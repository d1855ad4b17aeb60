namespace StaticNet.Generator.Layers;

/// <summary>What an axis means.</summary>
internal enum Axis
{
    Feature,
    Channel,
    Length,
    Height,
    Width,
}

/// <summary>The type of the elements.</summary>
internal enum ElementType
{
    Float32,
}

/// <summary>The shape of one sample of a value: sizes with the meaning of each axis, and the type of the elements.</summary>
internal sealed record TensorType(EquatableArray<int> Shape, EquatableArray<AxisName> Axes, ElementType Element = ElementType.Float32)
{
    /// <summary>The axes that an input of this rank has: [feature], [channel, length] or [channel, height, width].</summary>
    public static TensorType Of(params int[] shape) => new(shape.ToEquatableArray(), AxesOf(shape.Length).ToEquatableArray());

    public int Rank => Shape.Count;

    /// <summary>The size of the last axis.</summary>
    public int Last => Shape[Rank - 1];

    /// <summary>The number of elements.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>The number of rows: the product of all axes but the last.</summary>
    public int Rows => Length / Last;

    /// <summary>The same with another last axis, whose elements are features.</summary>
    public TensorType WithLast(int size) => new(
        Shape.Take(Rank - 1).Append(size).ToEquatableArray(),
        Axes.Take(Rank - 1).Append(new AxisName(Axis.Feature)).ToEquatableArray(),
        Element);

    /// <summary>The same with another size of one axis.</summary>
    public TensorType WithAxis(int axis, int size) => this with { Shape = Shape.Select((old, index) => index == axis ? size : old).ToEquatableArray() };

    /// <summary>The shape as messages print it: 16×4×4.</summary>
    public override string ToString() => string.Join("×", Shape);

    private static IEnumerable<AxisName> AxesOf(int rank) => (rank switch
    {
        1 => [Axis.Feature],
        2 => [Axis.Channel, Axis.Length],
        _ => new[] { Axis.Channel, Axis.Height, Axis.Width },
    }).Select(axis => new AxisName(axis));
}

/// <summary>An axis, in a form that has value equality.</summary>
internal readonly record struct AxisName(Axis Axis);
