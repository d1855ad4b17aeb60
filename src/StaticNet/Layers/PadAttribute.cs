namespace StaticNet;

/// <summary>Zeros before and after the elements along one axis, which may be the channels.</summary>
/// <remarks><see cref="ZeroPadding1DAttribute"/> and <see cref="ZeroPadding2DAttribute"/> put zeros around positions.</remarks>
public sealed class PadAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="axis">The axis, without the batch; a negative one counts from the last.</param>
    /// <param name="before">The number of zeros before the first element, 0 to 65,536.</param>
    /// <param name="after">The number of zeros after the last element, 0 to 65,536.</param>
    public PadAttribute(int axis, int before, int after)
    {
        Axis = axis;
        Before = before;
        After = after;
    }

    /// <summary>The axis.</summary>
    public int Axis { get; }

    /// <summary>The zeros before the first element.</summary>
    public int Before { get; }

    /// <summary>The zeros after the last element.</summary>
    public int After { get; }
}
