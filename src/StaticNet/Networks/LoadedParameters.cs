using System.Collections.Immutable;

namespace StaticNet;

/// <summary>What loading did; names are full ones, <c>dense1.weight</c>.</summary>
/// <param name="Loaded">The network's parameters that came, in its order.</param>
/// <param name="Missing">The network's parameters that did not come, and that are as before; empty after a strict load.</param>
/// <param name="Unused">
/// Tensors that came and are no parameters of the network; after a strict load only those that losses keep, which a network without
/// losses has no use for. What belongs to the scaling does not count.
/// </param>
public sealed record LoadedParameters(ImmutableArray<string> Loaded, ImmutableArray<string> Missing, ImmutableArray<string> Unused)
{
    /// <summary>Whether no scaling came, and the network's is the one that it had before.</summary>
    public bool KeptScaling { get; init; }

    /// <summary>A line that says it all, to print.</summary>
    /// <returns>The numbers of tensors, the names of those that are missing or not used, and whether a scaling has stayed.</returns>
    public override string ToString() =>
        $"{Loaded.Length} loaded; {Names("missing", Missing)}; {Names("not used", Unused)}{(KeptScaling ? "; no scaling came, that of before stays" : "")}";

    internal static string Names(string what, ImmutableArray<string> names) =>
        names.IsEmpty ? $"none {what}" : $"{names.Length} {what}: {string.Join(", ", names)}";
}
