using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>What has been read from one class. The two parts go separate ways: only the model's way leads to code.</summary>
/// <param name="Model">The network; null after an error.</param>
/// <param name="Diagnostics">What is wrong, on locations in trees, so that <c>#pragma</c> applies.</param>
/// <param name="Locations">Where the attributes of the network's layers stand, by their full names; null for none.</param>
/// <param name="Location">Where the network's attribute stands.</param>
/// <param name="Weights">Where the file of the weights is named; null where none is.</param>
/// <param name="OldLanguage">The project's version of C#, where it is too old for generated code; nothing else is then looked at.</param>
internal readonly record struct ParseResult(
    NetworkSpec? Model, ImmutableArray<Diagnostic> Diagnostics, IReadOnlyDictionary<string, Location>? Locations = null, Location? Location = null,
    Location? Weights = null, string? OldLanguage = null)
{
    /// <summary>Where a layer stands; the network, where that is not known.</summary>
    public Location LocationOf(string? layer) =>
        layer is not null && Locations is not null && Locations.TryGetValue(layer, out var location) ? location : Location ?? Microsoft.CodeAnalysis.Location.None;
}
