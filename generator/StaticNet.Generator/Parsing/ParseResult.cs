using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>What has been read from one class. The two parts go separate ways: only the model's way leads to code.</summary>
/// <param name="Model">The network; null after an error.</param>
/// <param name="Diagnostics">What is wrong, on locations in trees, so that <c>#pragma</c> applies.</param>
/// <param name="Locations">Where the attributes of the network's layers are, by their full names; null for none.</param>
/// <param name="Location">Where the network's attribute is.</param>
/// <param name="Training">Where the attribute of its training is; null for none.</param>
/// <param name="Weights">Where the file of the weights is named; null where none is.</param>
/// <param name="OldLanguage">The project's version of C#, where it is too old for generated code; nothing else is then looked at.</param>
/// <param name="IsTwinOfOwn">Whether it is the inference twin of a network of this compilation, where what is wrong with that is reported.</param>
internal readonly record struct ParseResult(
    NetworkSpec? Model, ImmutableArray<Diagnostic> Diagnostics, IReadOnlyDictionary<string, Location>? Locations = null, Location? Location = null,
    Location? Training = null, Location? Weights = null, string? OldLanguage = null, bool IsTwinOfOwn = false)
{
    /// <summary>Where the attribute of a place is; the network, where that is not known.</summary>
    /// <param name="place">What the attribute is of.</param>
    /// <param name="layer">The layer, for a layer's.</param>
    public Location LocationOf(PlaceKind place, string? layer) => Find(place, layer) ?? Location ?? Microsoft.CodeAnalysis.Location.None;

    private Location? Find(PlaceKind place, string? layer) => place switch
    {
        PlaceKind.Training => Training,
        PlaceKind.Layer when layer is not null && Locations is not null && Locations.TryGetValue(layer, out var location) => location,
        _ => null,
    };
}
