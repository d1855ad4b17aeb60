namespace StaticNet;

/// <summary>The first of two layers of the same shape divided by the second, element by element.</summary>
/// <remarks>As in IEEE 754, a division by 0 is infinite, and 0 / 0 is NaN.</remarks>
public sealed class DivideAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">
    /// The names of the two layers. A single layer divides the layer above or, with <c>From</c>, that layer.
    /// </param>
    public DivideAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
