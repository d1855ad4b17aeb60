namespace StaticNet;

/// <summary>Layers one after the other along an axis; all other axes must agree.</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>Declares the join.</summary>
    /// <param name="inputs">The names of the layers. With <c>From</c>, they are appended to that layer. Without it, a single
    /// layer is appended to the layer above, and several are put one after the other.
    /// </param>
    public ConcatAttribute(params string[] inputs) => Inputs = inputs;

    /// <summary>The names of the layers.</summary>
    public string[] Inputs { get; }

    /// <summary>The axis, without the batch; a negative one counts from the last. Default: 0, the channels.</summary>
    public int Axis { get; set; }
}
