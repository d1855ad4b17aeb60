using System.Collections.Immutable;

namespace StaticNet;

/// <summary>What loading did; names are full names such as <c>dense1.weight</c>.</summary>
/// <param name="Loaded">The network's parameters that were loaded, in its order.</param>
/// <param name="Missing">The network's parameters that were not there, which are unchanged. After a strict load none or, with a
/// <see cref="WeightMap"/>, only the <c>num_batches_tracked</c> of batch norms.
/// </param>
/// <param name="Unused">Tensors that are not parameters of the network. After a strict load, these are only those that losses
/// keep, which a network without losses does not use, and those that a <see cref="WeightMap"/> leaves out. The names are those of
/// the source. The tensors of the scaling are not listed.
/// </param>
public sealed record LoadedParameters(ImmutableArray<string> Loaded, ImmutableArray<string> Missing, ImmutableArray<string> Unused)
{
    /// <summary>Whether there was no scaling, so the network kept the one that it had.</summary>
    public bool KeptScaling { get; init; }

    /// <summary>The names of <see cref="Loaded"/> in the source: they differ only with a <see cref="WeightMap"/>.</summary>
    public ImmutableArray<string> Sources { get; init; } = Loaded;

    /// <summary>Lines about dense layers from Keras whose inputs were reordered from the order of its flattened images to the
    /// network's.</summary>
    public ImmutableArray<string> Reordered { get; init; } = [];

    /// <summary>A one-line summary, for printing.</summary>
    /// <returns>The numbers of tensors, the names of those that are missing or not used, and whether a scaling was
    /// kept.</returns>
    public override string ToString() =>
        $"{Loaded.Length} loaded; {Names("missing", Missing)}; {Names("not used", Unused)}{(KeptScaling ? "; no scaling, so the previous one is kept" : "")}{(Reordered.IsEmpty ? "" : $"; reordered: {string.Join("; ", Reordered)}")}";

    internal static string Names(string what, ImmutableArray<string> names) =>
        names.IsEmpty ? $"none {what}" : $"{names.Length} {what}: {string.Join(", ", names)}";
}
