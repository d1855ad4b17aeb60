using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>What each layer computes and costs: the nearest to a tooltip that analyzers have.</summary>
internal static class CostAdvice
{
    /// <summary>The shapes, weights, multiply-adds and receptive field of each layer.</summary>
    public static IEnumerable<Finding> OfLayers(NetworkView network) => network.All.Where(node => network.Nodes[node].Inputs.Count > 0).Select(node => network.At(
        node, network.Nodes[node].Name, string.Join(", ", network.Nodes[node].Inputs.Select(input => network.Graph.TypeOf(input))), network.Nodes[node].Output, Costs(network, node) + Field(network, node)));

    private static string Costs(NetworkView network, int node) => network.WeighingOf(node) is not { } layer ? ""
        : $"; {Invariant.Grouped((long)layer.Weights)} weights in {Invariant.Grouped((long)layer.Weights * sizeof(float))} bytes, {Invariant.Grouped((long)layer.Products)} multiply-adds";

    private static string Field(NetworkView network, int node) =>
        WindowAdvice.Field(network, node) is { Length: > 0 } field ? $"; each value depends on {string.Join("×", field.Select(Invariant.Text))} positions of the input" : "";
}
