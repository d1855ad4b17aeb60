using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>The attributes of a class that declare a network or a block, in the order in which they appear on it.</summary>
internal sealed class Declaration
{
    public const string BlockName = "BlockAttribute";

    private readonly ILookup<string, AttributeData> _attributes;

    public Declaration(INamedTypeSymbol type)
    {
        Type = type;
        All = type.GetAttributes()
            .Where(attribute => AttributeReader.NameOf(attribute) is not null)
            .OrderBy(attribute => attribute.ApplicationSyntaxReference?.Span.Start ?? 0)
            .ToArray();
        HasUnknown = type.GetAttributes().Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        Unserved = type.GetAttributes().Where(AttributeReader.IsUnserved).ToArray();
        _attributes = All.ToLookup(attribute => AttributeReader.NameOf(attribute)!);
    }

    public INamedTypeSymbol Type { get; }

    public IReadOnlyList<AttributeData> All { get; }

    /// <summary>
    /// Whether there is an attribute that the C# compiler does not know. It reports that itself; what seems to be wrong with the rest
    /// may well follow from it.
    /// </summary>
    public bool HasUnknown { get; }

    /// <summary>Layers and losses for which there is no code: a user's own, or those of a newer library.</summary>
    public IReadOnlyList<AttributeData> Unserved { get; }

    public AttributeData? Network => Find("NetworkAttribute");

    public AttributeData? Twin => Find("InferenceOfAttribute");

    public IEnumerable<AttributeData> Inputs => _attributes["InputAttribute"];

    public IEnumerable<AttributeData> Outputs => _attributes["OutputAttribute"];

    public AttributeData? Training => Find("TrainingAttribute");

    public IEnumerable<AttributeData> Layers =>
        All.Where(attribute => AttributeReader.NameOf(attribute) is { } name && (name == BlockName || LayerCatalog.Layers.ContainsKey(name)));

    public IEnumerable<AttributeData> Losses => All.Where(attribute => LossCatalog.Losses.ContainsKey(AttributeReader.NameOf(attribute)!));

    /// <summary>Those of the attributes that are on another declaration of the class than one of them does.</summary>
    public static IEnumerable<AttributeData> Apart(AttributeData from, IEnumerable<AttributeData> attributes) =>
        attributes.Where(attribute => DeclarationOf(attribute) != DeclarationOf(from));

    /// <summary>Reports attributes that are on another declaration of the class than the one that makes it a network: their order is not known.</summary>
    public void CheckTogether(AttributeData marker, Faults faults, Func<AttributeData, Location> locate)
    {
        foreach (var attribute in Apart(marker, All))
            faults.Report(locate(attribute), Rules.Split, AttributeReader.TitleOf(attribute), Type.Name, $"[{AttributeReader.TitleOf(marker)}]");
    }

    /// <summary>The attribute of a place; null if there is none.</summary>
    public AttributeData? AttributeOf(Place place) => place.Kind switch
    {
        PlaceKind.Input => Inputs.ElementAtOrDefault(place.Index),
        PlaceKind.Output => Outputs.ElementAtOrDefault(place.Index),
        PlaceKind.Training => Training,
        PlaceKind.Layer => Layers.ElementAtOrDefault(place.Index),
        PlaceKind.Loss => Losses.ElementAtOrDefault(place.Index),
        _ => Network ?? Twin,
    };

    /// <summary>Whether one attribute comes before another on the class; those of a compiled class are in the order in which it was written.</summary>
    public bool IsBefore(AttributeData attribute, AttributeData other) => All.TakeWhile(item => item != other).Contains(attribute);

    private AttributeData? Find(string name) => _attributes[name].FirstOrDefault();

    /// <summary>The declaration that an attribute of source code is on.</summary>
    private static SyntaxNode? DeclarationOf(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax().Parent?.Parent;
}
