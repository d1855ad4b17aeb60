using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
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

    /// <summary>Reads a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Null for a class that is not a network, or has a fault.</returns>
    public static DeclaredNetwork? Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var declaration = new Declaration(type);
        var layers = declaration.Network is not null ? declaration
            : declaration.Twin is { } twin && AttributeReader.TypeArgument(twin) is INamedTypeSymbol named ? new Declaration(named) : null;
        if (layers is not { Network: not null, HasUnknown: false, Unserved.Count: 0 } || Declaration.Apart(layers.Network, layers.All).Any())
            return null;

        var faults = new Faults();
        var reader = new LayerReader(faults, _ => Location.None, cancellation);
        var target = new TargetType("", default, type.Name, "", type.Name);
        var spec = layers == declaration ? reader.ReadNetwork(layers, target) : reader.ReadTwin(layers, target) with { Storage = StorageOf(declaration.Twin!) };
        if (!reader.IsComplete || !faults.CanEmit || spec.Inputs.Count == 0 || spec.Layers.Count == 0)
            return null;
        var graph = NetworkGraph.Resolve(spec, new LocatedGraphErrors(faults, _ => Location.None));
        return graph is not null && faults.CanEmit ? new DeclaredNetwork(declaration, spec, graph) : null;
    }

    /// <summary>Where an attribute of the class is; null if it is not in source code.</summary>
    public Location? LocationOf(Place place)
    {
        var attribute = place.Kind switch
        {
            PlaceKind.Input => _declaration.Inputs.ElementAtOrDefault(place.Index),
            PlaceKind.Output => _declaration.Outputs.ElementAtOrDefault(place.Index),
            PlaceKind.Training => _declaration.Training,
            PlaceKind.Layer => _declaration.Layers.ElementAtOrDefault(place.Index),
            PlaceKind.Loss => _declaration.Losses.ElementAtOrDefault(place.Index),
            _ => _declaration.Network ?? _declaration.Twin,
        };
        return attribute?.ApplicationSyntaxReference is { } syntax ? syntax.SyntaxTree.GetLocation(syntax.Span) : null;
    }

    private static WeightStorage StorageOf(AttributeData twin) => AttributeReader.Read(twin)?.Choice<WeightStorage>("Storage") ?? WeightStorage.Float32;
}
