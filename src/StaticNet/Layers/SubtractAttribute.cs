namespace StaticNet;

/// <summary>The first of two layers of the same shape minus the second, element by element.</summary>
public sealed class SubtractAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">
    /// The names of the two layers. A single layer is subtracted from the layer above or, with <c>From</c>, from that layer.
    /// </param>
    public SubtractAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
