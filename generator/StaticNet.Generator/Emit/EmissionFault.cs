using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>Why a network has no files.</summary>
/// <param name="Rule">The rule's number.</param>
/// <param name="Layer">The layer at which it went wrong, or null.</param>
/// <param name="Arguments">What the rule's message takes.</param>
internal sealed record EmissionFault(string Rule, string? Layer, EquatableArray<string> Arguments)
{
    /// <summary>The diagnostic on a location.</summary>
    public Diagnostic At(Location location) =>
        Diagnostic.Create(Rule == Rules.TooLong.Id ? Rules.TooLong : Rules.GeneratorFault, location, [.. Arguments]);
}
