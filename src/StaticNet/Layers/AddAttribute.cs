namespace StaticNet;

/// <summary>The sum of layers of one shape.</summary>
public sealed class AddAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">The names of the layers to add; a single name is added to the layer above (or to <c>From</c>).</param>
    public AddAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
