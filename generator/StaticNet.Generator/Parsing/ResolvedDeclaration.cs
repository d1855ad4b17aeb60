using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>What a class declares, and the graph that it means: the one way from attributes to shapes.</summary>
/// <param name="Spec">What is declared.</param>
/// <param name="Graph">The same with names and shapes resolved; null after an error.</param>
/// <param name="IsUnclear">Whether the C# compiler does not know an attribute of the class or of a block: a layer may be missing.</param>
internal readonly record struct ResolvedDeclaration(NetworkSpec Spec, NetworkGraph? Graph, bool IsUnclear)
{
    /// <summary>Reads a network, or what an inference twin takes from it.</summary>
    /// <param name="network">The attributes of the network's class.</param>
    /// <param name="target">The class that is written: the network's own, or the twin's.</param>
    /// <param name="isTwin">Whether it is a twin, which has no training and no losses.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="locate">Where to report what is wrong with an attribute of the network.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static ResolvedDeclaration Of(Declaration network, TargetType target, bool isTwin, Faults faults, Func<AttributeData, Location> locate, CancellationToken cancellation)
    {
        var reader = new LayerReader(faults, locate, cancellation);
        reader.CheckServed(network);
        var spec = isTwin ? reader.ReadTwin(network, target) : reader.ReadNetwork(network, target);
        // Beside an attribute that the C# compiler does not know, such as [Dence(2)], a layer may be missing only because of it.
        var isUnclear = network.HasUnknown || reader.MetUnknown;
        var certain = isUnclear ? new Faults() : faults;
        var errors = new LocatedGraphErrors(certain, place => locate(network.AttributeOf(place)!));
        NetworkGraph? graph = null;
        if (IsWhole(network, errors) && reader.IsComplete)
        {
            NetworkRules.CheckTraining(spec, errors);
            graph = NetworkGraph.Resolve(spec, errors);
            // What a network's author may have meant is said at the network.
            if (graph is not null && !isTwin)
                NetworkRules.Check(spec, graph, errors);
        }

        if (!certain.CanEmit)
            faults.LeaveToCompiler();
        return new ResolvedDeclaration(spec, graph, isUnclear);
    }

    /// <summary>Whether there is an input and a layer.</summary>
    private static bool IsWhole(Declaration declaration, LocatedGraphErrors errors)
    {
        if (!declaration.Inputs.Any())
            errors.Report(Place.Network, Rules.NoInput, declaration.Type.Name);
        if (!declaration.Layers.Any())
            errors.Report(Place.Network, Rules.NoLayer, declaration.Type.Name);
        return declaration.Inputs.Any() && declaration.Layers.Any();
    }
}
