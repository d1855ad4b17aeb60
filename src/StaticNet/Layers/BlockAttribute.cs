namespace StaticNet;

/// <summary>
/// The layers of another annotated class, in this place. Inside the block, <c>"input"</c> means the block's input, and names are
/// local to the block; outside, the block's name means its output, and its parameters have that name as a prefix:
/// <c>block1.dense1.weight</c>.
/// </summary>
public sealed class BlockAttribute : LayerAttribute
{
    /// <summary>Declares the block.</summary>
    /// <param name="definition">A class with layer attributes. It needs no <c>[Network]</c>, and may be in another assembly. If
    /// it has an <c>[Input]</c>, the block's input must have that shape; losses and <c>[Training]</c> on it are ignored.
    /// </param>
    public BlockAttribute(Type definition) => Definition = definition;

    /// <summary>The class with the block's layers.</summary>
    public Type Definition { get; }

    /// <summary>False freezes every layer of the block. Default: true.</summary>
    public bool Trainable { get; set; } = Defaults.Trainable;
}
