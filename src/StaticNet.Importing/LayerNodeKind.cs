namespace StaticNet.Importing;

/// <summary>What a layer is in the chain of layers.</summary>
public enum LayerNodeKind
{
    /// <summary>An <c>[Input]</c>.</summary>
    Input,

    /// <summary>A layer with one input.</summary>
    Layer,

    /// <summary>A layer that names the layers it joins.</summary>
    Join,

    /// <summary>A <c>[Constant]</c>, which is not part of the chain.</summary>
    Constant,
}
