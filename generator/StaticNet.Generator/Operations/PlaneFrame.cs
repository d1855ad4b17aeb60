namespace StaticNet.Generator.Operations;

/// <summary>A value with its channels last as planes in a frame of zeros.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">The value.</param>
/// <param name="axes">How the planes are read.</param>
/// <param name="verb">The end of the method's name.</param>
internal sealed class PlaneFrame(string layer, Value input, IReadOnlyList<PlaneAxis> axes, string verb)
    : Operation(layer, [input], PlaneAxis.FrameOf(input.Type.Channels, axes))
{
    /// <summary>For each pixel axis, the zeros before the value.</summary>
    public IReadOnlyList<int> Before { get; } = PlaneAxis.PlaceOf(axes);

    public override bool OnlyMoves => true;

    public override bool ReadsVectorsOf(int input) => false;

    public override string Verb => verb;

    /// <summary>The operation that puts a value in the frame of a sum over planes, or null where it is already in it.</summary>
    public static Operation? Of(string layer, Value value, IReadOnlyList<PlaneAxis> axes, string verb)
    {
        if (value.Type.IsChannelsLast)
            return new PlaneFrame(layer, value, axes, verb);
        var type = PlaneAxis.FrameOf(value.Type.Channels, axes);
        return type.Shape.Equals(value.Type.Shape) ? null : new Frame(layer, value, type, [0, .. PlaneAxis.PlaceOf(axes)], verb);
    }
}
