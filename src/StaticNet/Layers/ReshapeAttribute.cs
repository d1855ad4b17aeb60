namespace StaticNet;

/// <summary>The same elements, in row-major order, under another shape.</summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="shape">
    /// One to three positive sizes whose product is the input's; one of them may be −1, to be inferred.
    /// </param>
    public ReshapeAttribute(params int[] shape) => Shape = shape;

    /// <summary>The sizes, without the batch.</summary>
    public int[] Shape { get; }
}
