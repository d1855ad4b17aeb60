using System.Collections.Immutable;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Layout;
using StaticNet.Generator.Operations;

namespace StaticNet.Exporting;

/// <summary>A network as a class declares it, with the shapes that the generator finds. <see cref="NetworkReader"/> reads it.</summary>
public sealed class DeclaredNetwork
{
    internal DeclaredNetwork(NetworkSpec spec, NetworkGraph graph, string className)
    {
        Spec = spec;
        ClassName = className;
        Graph = graph;
        var layers = graph.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        LayerParameters = [.. GraphLowering.Lower(graph).Parameters.Where(parameter => layers.Contains(parameter.Layer))];
        Parameters = [.. LayerParameters.Select(parameter => new DeclaredParameter(parameter.FullName, [.. parameter.Shape]))];
    }

    /// <summary>The class's name.</summary>
    public string Name => Spec.Target.Name;

    /// <summary>Its namespace; empty for the global one.</summary>
    public string Namespace => Spec.Target.Namespace;

    /// <summary>The class's name with its namespace and the classes around it.</summary>
    public string FullName => ClassName.Replace('+', '.');

    /// <summary>The parameters of the layers, statistics and constants included, in their order. What losses keep is not among them.</summary>
    public ImmutableArray<DeclaredParameter> Parameters { get; }

    /// <summary>The class as reflection names it: with the classes around it.</summary>
    internal string ClassName { get; }

    internal NetworkSpec Spec { get; }

    internal NetworkGraph Graph { get; }

    /// <summary><see cref="Parameters"/> with all that the generator knows of them.</summary>
    internal ImmutableArray<Parameter> LayerParameters { get; }

    /// <summary>The layers in the order in which they run, constants apart.</summary>
    internal IEnumerable<(int Node, LayerNode Layer)> Layers => Graph.Nodes.Select((layer, node) => (node, layer)).Where(item => item.layer.Layer is not ConstantLayer);

    /// <inheritdoc/>
    public override string ToString() => FullName;
}

/// <summary>A parameter of a declared network.</summary>
/// <param name="Name">Its name in files of weights: <c>dense1.weight</c>.</param>
/// <param name="Shape">Its logical shape there: [outputs, inputs] for the weight of a dense layer.</param>
public sealed record DeclaredParameter(string Name, ImmutableArray<int> Shape);
