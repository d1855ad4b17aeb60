namespace StaticNet.Generator.Vocabulary;

/// <summary>The shape of one sample of a value: sizes with the meaning of each axis.</summary>
internal sealed record TensorType(EquatableArray<int> Shape, EquatableArray<AxisName> Axes)
{
    /// <summary>The axes that an input of this rank has: [feature], [channel, length] or [channel, height, width].</summary>
    public static TensorType Of(params int[] shape) => new(shape.ToEquatableArray(), AxesOf(shape.Length).ToEquatableArray());

    public int Rank => Shape.Count;

    /// <summary>The size of the last axis.</summary>
    public int Last => Shape[Rank - 1];

    /// <summary>The number of elements.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>The floats in memory, rows padded to whole panels, of a shape of any size; exact up to 2⁵³.</summary>
    public double PaddedSize => Shape.Take(Rank - 1).Aggregate((double)Lanes.Pad(Last), (product, size) => product * size);

    /// <summary>The number of rows: the product of all axes but the last.</summary>
    public int Rows => Length / Last;

    /// <summary>The same with another last axis, whose elements are features, or channels where they were.</summary>
    public TensorType WithLast(int size) => new(
        Shape.Take(Rank - 1).Append(size).ToEquatableArray(),
        Axes.Take(Rank - 1).Append(new AxisName(IsChannelsLast ? Axis.Channel : Axis.Feature)).ToEquatableArray());

    /// <summary>The same with another size of one axis.</summary>
    public TensorType WithAxis(int axis, int size) => this with { Shape = Shape.Select((old, index) => index == axis ? size : old).ToEquatableArray() };

    /// <summary>Whether the channel is the last of several axes, so that a row of memory holds a pixel's channels.</summary>
    public bool IsChannelsLast => Rank > 1 && Axes[Rank - 1].Axis == Axis.Channel;

    /// <summary>Whether each channel is a plane or a line of its own, so that a row of memory holds pixels of one channel.</summary>
    public bool IsInPlanes => Rank > 1 && !IsChannelsLast;

    /// <summary>Whether the elements of a row differ in the channel: channels last, or channels alone.</summary>
    public bool ChannelsAreLanes => Rank == 1 || IsChannelsLast;

    /// <summary>The number of channels: the first axis of the logical shape.</summary>
    public int Channels => IsChannelsLast ? Last : Shape[0];

    /// <summary>The sizes of the axes but the channel: [height, width] or [length]; none for features.</summary>
    public IReadOnlyList<int> Pixels => (IsChannelsLast ? Shape.Take(Rank - 1) : Shape.Skip(1)).ToArray();

    /// <summary>Where a logical axis is in this order.</summary>
    public int InMemory(int axis) => !IsChannelsLast ? axis : axis == 0 ? Rank - 1 : axis - 1;

    /// <summary>The same elements with the channel as the last axis.</summary>
    public TensorType ChannelsLast => IsChannelsLast || Rank == 1 ? this : new(
        Shape.Skip(1).Append(Shape[0]).ToEquatableArray(),
        Axes.Skip(1).Append(new AxisName(Axis.Channel)).ToEquatableArray());

    /// <summary>The logical order: the channel as the first axis.</summary>
    public TensorType ChannelsFirst => !IsChannelsLast ? this : Of([Last, .. Shape.Take(Rank - 1)]);

    /// <summary>The shape as messages print it: 16×4×4, the channels first whatever the order in memory.</summary>
    public override string ToString() => Invariant.Shape(IsChannelsLast ? ChannelsFirst.Shape : Shape);

    private static IEnumerable<AxisName> AxesOf(int rank) => (rank switch
    {
        1 => [Axis.Feature],
        2 => [Axis.Channel, Axis.Length],
        _ => new[] { Axis.Channel, Axis.Height, Axis.Width },
    }).Select(axis => new AxisName(axis));
}
