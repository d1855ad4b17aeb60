using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about dropout.</summary>
internal static class DropoutAdvice
{
    /// <summary>More than the half at which the number of different subnetworks is greatest.</summary>
    public static IEnumerable<Finding> LargeRate(NetworkView network) => network.Of<Dropout>()
        .Where(pair => pair.Layer.Rate > 0.5)
        .Select(pair => network.At(pair.Node, network.Nodes[pair.Node].Name, Invariant.Text(Math.Round(pair.Layer.Rate * 100, 1))).With("Drop one half", Edit.SetFirst(network.PlaceOf(pair.Node), "0.5")));

    /// <summary>Dropout after the last layer.</summary>
    public static IEnumerable<Finding> OfOutputs(NetworkView network)
    {
        foreach (var (node, _) in network.Of<Dropout>().Where(pair => pair.Layer.Rate > 0 && network.IsEnd(pair.Node)))
        {
            var before = network.InputOf(node);
            var finding = network.At(node, network.Nodes[node].Name);
            yield return network.WeighingOf(before) is not null && CanSwap(network, before, node) ? finding.With("Put it before the layer above", Edit.Swap(network.PlaceOf(before), network.PlaceOf(node))) : finding;
        }
    }

    /// <summary>Dropout before a batch norm, directly or through one layer.</summary>
    public static IEnumerable<Finding> BeforeNorm(NetworkView network)
    {
        foreach (var (node, _) in network.Of<Dropout>().Where(pair => pair.Layer.Rate > 0))
        {
            var next = network.Next(node, between => between is ActivationLayer);
            if (next is { } reader && network.WeighingOf(reader) is { IsLinear: true })
                next = network.Next(reader, between => between is ActivationLayer);
            if (next is not { } norm || network.Nodes[norm] is not { Layer: BatchNorm { Trainable: true }, Trainable: true })
                continue;
            var finding = network.At(node, network.Nodes[node].Name, network.Nodes[norm].Name);
            yield return network.Next(node) == norm && CanSwap(network, node, norm) ? finding.With("Put it after the normalisation", Edit.Swap(network.PlaceOf(node), network.PlaceOf(norm))) : finding;
        }
    }

    /// <summary>Whether the attributes of two layers can be exchanged.</summary>
    private static bool CanSwap(NetworkView network, int first, int second) =>
        network.PlaceOf(second).Index == network.PlaceOf(first).Index + 1 && network.IsAnonymous(first) && network.IsAnonymous(second);
}
