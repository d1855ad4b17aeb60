using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Why a network has no files.</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Place">The attribute that it is reported on.</param>
/// <param name="Layer">The layer at which it went wrong, for <see cref="PlaceKind.Layer"/>.</param>
/// <param name="Arguments">What the rule's message takes.</param>
internal sealed record EmissionFault(string Rule, PlaceKind Place, string? Layer, EquatableArray<string> Arguments)
{
    private static readonly DiagnosticDescriptor[] AllRules = [Rules.TooLargeInTotal, Rules.TooLong, Rules.GeneratorFault];

    /// <summary>Whether the network is larger than code is written for; a twin's is reported where its network is.</summary>
    public bool IsOfSize => Rule == Rules.TooLargeInTotal.Id;

    /// <summary>The diagnostic on a location.</summary>
    public Diagnostic At(Location location) => Diagnostic.Create(AllRules.Single(rule => rule.Id == Rule), location, [.. Arguments]);
}
