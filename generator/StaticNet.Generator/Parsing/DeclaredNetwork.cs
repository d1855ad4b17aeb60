using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>A network, or an inference twin, that has no fault: what analyzers read. The generator reports faults.</summary>
internal sealed class DeclaredNetwork
{
    private readonly Declaration _declaration;

    private DeclaredNetwork(Declaration declaration, NetworkSpec spec, NetworkGraph graph) => (_declaration, Spec, Graph) = (declaration, spec, graph);

    /// <summary>The network as declared.</summary>
    public NetworkSpec Spec { get; }

    /// <summary>The same as a graph.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>Whether a type is declared as a network, with or without a fault.</summary>
    public static bool IsNetwork(ITypeSymbol type) => Has(type, "NetworkAttribute");

    /// <summary>Whether a type is declared as a network or as the inference twin of one, with or without a fault.</summary>
    public static bool IsNetworkOrTwin(ITypeSymbol type) => IsNetwork(type) || Has(type, "InferenceOfAttribute");

    /// <summary>Reads a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Null for a class that is not a network, or has a fault.</returns>
    public static DeclaredNetwork? Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var declaration = new Declaration(type);
        var layers = declaration.Network is not null ? declaration
            : declaration.Twin is { } twin && AttributeReader.TypeArgument(twin) is INamedTypeSymbol named ? new Declaration(named) : null;
        if (layers is not { Network: not null } || Declaration.Apart(layers.Network, layers.All).Any())
            return null;

        var faults = new Faults();
        var target = new TargetType("", default, type.Name, "", type.Name);
        var isTwin = layers != declaration;
        var (spec, graph, isUnclear) = ResolvedDeclaration.Of(layers, target, isTwin, faults, _ => Location.None, cancellation);
        if (graph is null || isUnclear || !faults.CanEmit)
            return null;
        return new DeclaredNetwork(declaration, isTwin ? spec with { Storage = StorageOf(declaration.Twin!) } : spec, graph);
    }

    /// <summary>Where an attribute of the class is; null if it is not in source code.</summary>
    public Location? LocationOf(Place place) =>
        _declaration.AttributeOf(place)?.ApplicationSyntaxReference is { } syntax ? syntax.SyntaxTree.GetLocation(syntax.Span) : null;

    /// <summary>The layer that an attribute of the class declares; null if it declares none.</summary>
    public LayerSpec? LayerOf(SyntaxNode attribute)
    {
        var index = _declaration.Layers.ToList().FindIndex(layer => layer.ApplicationSyntaxReference is { } syntax && syntax.SyntaxTree == attribute.SyntaxTree && syntax.Span == attribute.Span);
        return index < 0 ? null : Spec.Layers[index];
    }

    private static bool Has(ITypeSymbol type, string name) => type.TypeKind == TypeKind.Class && type.OriginalDefinition.GetAttributes().Any(attribute => AttributeReader.NameOf(attribute) == name);

    private static WeightStorage StorageOf(AttributeData twin) => AttributeReader.Read(twin)?.Choice<WeightStorage>("Storage") ?? WeightStorage.Float32;
}
