namespace StaticNet;

/// <summary>The element-wise product of layers of one shape.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">
    /// The names of the layers to multiply. With <c>From</c> they are multiplied with that layer; without it, a single name
    /// is multiplied with the layer above, and several are multiplied among themselves.
    /// </param>
    public MultiplyAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
