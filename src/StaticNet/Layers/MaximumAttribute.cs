namespace StaticNet;

/// <summary>The element-wise maximum of layers of the same shape.</summary>
/// <remarks>If any element is NaN, the result is NaN. If two are equal, each gets half of the gradient. For a constant bound, see
/// <see cref="ClipAttribute"/>.</remarks>
public sealed class MaximumAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">The names of the layers. With <c>From</c>, they are joined with that layer. Without it, a single
    /// layer is joined with the layer above, and several are joined with one another.
    /// </param>
    public MaximumAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
