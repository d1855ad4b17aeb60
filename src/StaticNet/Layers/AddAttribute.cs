namespace StaticNet;

/// <summary>The sum of layers of the same shape.</summary>
public sealed class AddAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">The names of the layers to add. With <c>From</c>, they are added to that layer. Without it, a single
    /// layer is added to the layer above, and several are added to one another.
    /// </param>
    public AddAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
