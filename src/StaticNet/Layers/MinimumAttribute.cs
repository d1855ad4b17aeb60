namespace StaticNet;

/// <summary>The smallest of the elements of layers of one shape.</summary>
/// <remarks>A NaN in any of them gives NaN. Where two are equal, each gets half of the gradient. For a constant bound see <see cref="ClipAttribute"/>.</remarks>
public sealed class MinimumAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">
    /// The names of the layers. With <c>From</c> they are joined with that layer; without it, a single name is joined with
    /// the layer above, and several are joined among themselves.
    /// </param>
    public MinimumAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }
}
