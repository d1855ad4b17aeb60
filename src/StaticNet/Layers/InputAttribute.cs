namespace StaticNet;

/// <summary>
/// The shape of one input sample: [features], [channels, length] or [channels, height, width]. Every network has one. Samples
/// are row-major spans of floats in that order.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares the input's shape.</summary>
    /// <param name="shape">One to three positive sizes.</param>
    public InputAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes, without the batch.</summary>
    public int[] Shape { get; }
}
