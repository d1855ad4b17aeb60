using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about normalisations.</summary>
internal static class NormAdvice
{
    /// <summary>The values of a channel from which a mean and a variance can be told.</summary>
    private const int FewestValues = 16;

    /// <summary>A bias that is the same for all values of which the mean is subtracted.</summary>
    public static IEnumerable<Finding> LostBias(NetworkView network)
    {
        foreach (var (node, layer) in network.Trained.Where(pair => pair.Layer is { Bias: true, IsLinear: true }))
        {
            // The bias of a dense layer over pixels belongs to columns and not to channels.
            if (network.Nodes[node].Layer is Dense or Maxout && network.Nodes[node].Output.Rank > 1)
                continue;
            // A batch norm that does not train subtracts a mean that it does not compute.
            if (network.Next(node) is { } next && network.Nodes[next] is { Layer: BatchNorm { Trainable: true }, Trainable: true } or { Layer: InstanceNorm })
                yield return network.At(node, network.Nodes[next].Name, network.Nodes[node].Name).With("Drop the bias", Edit.Unset(network.PlaceOf(node), "BiasValue"), Edit.Set(network.PlaceOf(node), "Bias", "false"));
        }
    }

    /// <summary>Moments of a small batch without many pixels.</summary>
    public static IEnumerable<Finding> FewValues(NetworkView network)
    {
        foreach (var (node, _) in network.Of<BatchNorm>().Where(pair => pair.Layer.Trainable && network.Nodes[pair.Node].Trainable))
        {
            var values = (double)network.BatchSize * network.Nodes[node].Steps * network.InputTypeOf(node).Pixels.Aggregate(1.0, (product, size) => product * size);
            if (values < FewestValues)
                yield return network.At(node, network.Nodes[node].Name, Invariant.Text(values));
        }
    }

    /// <summary>A normalisation of what is normalised again.</summary>
    public static IEnumerable<Finding> Twice(NetworkView network)
    {
        foreach (var node in network.All.Where(node => IsNorm(network.Nodes[node].Layer) && network.ActivationOf(node) == Activation.Identity))
        {
            if (network.Next(node) is not { } next || !IsNorm(network.Nodes[next].Layer))
                continue;
            var finding = network.At(node, network.Nodes[node].Name, network.Nodes[next].Name);
            yield return network.IsAnonymous(node) ? finding.With("Remove the first", Edit.Remove(network.PlaceOf(node))) : finding;
        }
    }

    private static bool IsNorm(Layer layer) => layer is BatchNorm or LayerNorm or GroupNorm or InstanceNorm;
}
