namespace StaticNet;

/// <summary>
/// The shape of one input sample: [features], [channels, length] or [channels, height, width]. Every network has one. Samples
/// are row-major spans of floats in that order, unless <see cref="Layout"/> says otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>Declares the input's shape.</summary>
    /// <param name="shape">One to three positive sizes.</param>
    public InputAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes, without the batch.</summary>
    public int[] Shape { get; }

    /// <summary>
    /// The order in which the user's spans hold inputs, outputs, and targets that have the shape of an output.
    /// <see cref="Shape"/> and all other shapes are channels first in any case; what has a single axis is the same in both.
    /// Default: channels first.
    /// </summary>
    public Layout Layout { get; set; }
}
