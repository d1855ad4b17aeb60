namespace StaticNet;

/// <summary>
/// The base of every layer attribute. The layers of a network run in the order of their attributes on the class, each on the
/// output of the one above it, unless <see cref="From"/> says otherwise.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name: what <see cref="From"/>, joins and losses refer to, and the prefix of its parameters. A C#
    /// identifier, unique in the network or block. Without it, layers are numbered per kind from 1: <c>dense1</c>,
    /// <c>dense2</c>, …
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The layer further up whose output this one takes; <c>"input"</c> is the input of the network, or of the block. Without
    /// it, the layer above.
    /// </summary>
    public string? From { get; set; }
}
