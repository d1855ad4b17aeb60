namespace StaticNet;

/// <summary>The element-wise product of layers of the same shape.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">The names of the layers to multiply. With <c>From</c>, they are multiplied by that layer. Without
    /// it, a single layer is multiplied by the layer above, and several are multiplied by one another.
    /// </param>
    public MultiplyAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
