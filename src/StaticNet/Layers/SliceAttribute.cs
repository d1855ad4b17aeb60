namespace StaticNet;

/// <summary>A run of elements along one axis; the other axes stay whole.</summary>
public sealed class SliceAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="axis">The axis, without the batch; a negative one counts from the last.</param>
    /// <param name="start">The first element, 0 or more.</param>
    /// <param name="length">The number of elements, 1 or more; start + length is at most the size of the axis.</param>
    public SliceAttribute(int axis, int start, int length)
    {
        Axis = axis;
        Start = start;
        Length = length;
    }

    /// <summary>The axis.</summary>
    public int Axis { get; }

    /// <summary>The first element.</summary>
    public int Start { get; }

    /// <summary>The number of elements.</summary>
    public int Length { get; }
}
