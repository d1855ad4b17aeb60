using System.Collections.Immutable;

namespace StaticNet;

/// <summary>What loading did; names are full ones, <c>dense1.weight</c>.</summary>
/// <param name="Loaded">The network's parameters that came, in its order.</param>
/// <param name="Missing">
/// The network's parameters that did not come, and that are as before; after a strict load none, or with a
/// <see cref="WeightMap"/> only the
/// <c>num_batches_tracked</c> of batch norms.
/// </param>
/// <param name="Unused">
/// Tensors that came and are no parameters of the network; after a strict load only those that losses keep, which a network
/// without losses has no use for, and what a <see cref="WeightMap"/> leaves out. Names are those of where they came from. What
/// belongs to the scaling does not count.
/// </param>
public sealed record LoadedParameters(ImmutableArray<string> Loaded, ImmutableArray<string> Missing, ImmutableArray<string> Unused)
{
    /// <summary>Whether no scaling came, and the network's is the one that it had before.</summary>
    public bool KeptScaling { get; init; }

    /// <summary>What each of <see cref="Loaded"/> is called where it came from: other names only with a
    /// <see cref="WeightMap"/>.</summary>
    public ImmutableArray<string> Sources { get; init; } = Loaded;

    /// <summary>Lines about dense layers of Keras whose inputs were put from the order of its flattened images into the
    /// network's.</summary>
    public ImmutableArray<string> Reordered { get; init; } = [];

    /// <summary>A line that says it all, to print.</summary>
    /// <returns>The numbers of tensors, the names of those that are missing or not used, and whether a scaling has
    /// stayed.</returns>
    public override string ToString() =>
        $"{Loaded.Length} loaded; {Names("missing", Missing)}; {Names("not used", Unused)}{(KeptScaling ? "; no scaling came, that of before stays" : "")}{(Reordered.IsEmpty ? "" : $"; reordered: {string.Join("; ", Reordered)}")}";

    internal static string Names(string what, ImmutableArray<string> names) =>
        names.IsEmpty ? $"none {what}" : $"{names.Length} {what}: {string.Join(", ", names)}";
}
