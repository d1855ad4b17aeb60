namespace StaticNet;

/// <summary>The element-wise product of layers of one shape.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">The names of the layers to multiply; a single name is multiplied with the layer above (or to <c>From</c>).</param>
    public MultiplyAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
