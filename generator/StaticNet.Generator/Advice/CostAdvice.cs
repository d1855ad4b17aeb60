using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>What each layer computes and costs: the nearest to a tooltip that analyzers have.</summary>
internal static class CostAdvice
{
    /// <summary>The shapes, weights, multiply-adds and receptive field of each layer.</summary>
    public static IEnumerable<Finding> OfLayers(NetworkView network)
    {
        var fields = WindowAdvice.Fields(network);
        return network.All.Where(node => network.Nodes[node].Inputs.Count > 0).Select(node => network.At(
            node, network.Nodes[node].Name, string.Join(", ", network.Nodes[node].Inputs.Select(input => network.Graph.TypeOf(input))), network.Nodes[node].Output, Costs(network, node) + Describe(fields[node])));
    }

    private static string Costs(NetworkView network, int node) => network.WeighingOf(node) is not { } layer ? ""
        : $"; {Invariant.Grouped((long)layer.Weights)} weights in {Invariant.Grouped((long)layer.Weights * sizeof(float))} bytes, {Invariant.Grouped((long)layer.Products)} multiply-adds";

    private static string Describe(long[]? field) =>
        field is { Length: > 0 } ? $"; each value depends on {string.Join("×", field.Select(Invariant.Text))} positions of the input" : "";
}
