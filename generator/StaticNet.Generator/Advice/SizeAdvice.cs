using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about the sizes of layers, and what they cost.</summary>
internal static class SizeAdvice
{
    private const double LargeShare = 0.8, MostOfWork = 0.9;

    private const int LargeImage = 14 * 14, ManyWeights = 500_000, MuchWork = 10_000_000;

    /// <summary>The bytes of a usual second-level cache.</summary>
    private const int SecondLevel = 1 << 20;

    /// <summary>Most of the weights in the dense layer after a flattened image.</summary>
    public static IEnumerable<Finding> LargeFlatten(NetworkView network)
    {
        var all = network.Weighings.Sum(pair => pair.Layer.Weights);
        foreach (var (node, layer) in network.Weighings.Where(pair => network.Nodes[pair.Node].Layer is Dense && pair.Layer.Weights >= Math.Max(LargeShare * all, ManyWeights)))
        {
            var origin = network.Origin(network.InputOf(node));
            if (!NetworkGraph.IsInput(origin) && network.Graph.TypeOf(origin) is { Rank: 3 } image && image.Pixels[0] * image.Pixels[1] >= LargeImage)
                yield return network.At(node, network.Nodes[node].Name, Percent(layer.Weights / all), Invariant.Grouped((long)all), image);
        }
    }

    /// <summary>Logits of many classes out of few numbers. What has the shape of the input passes through a code by design.</summary>
    public static IEnumerable<Finding> Narrow(NetworkView network)
    {
        foreach (var loss in network.Graph.Losses.Where(loss => loss.Loss.Kind == LossKind.SoftmaxCrossEntropy))
        {
            foreach (var (node, layer) in network.Trained.Where(pair => pair.Layer.Units * 2 < loss.Type.Length && network.Nodes[pair.Node] is { Layer: Dense, Output.Rank: 1 }))
            {
                if (network.Next(node, between => between is ActivationLayer or Dropout or BatchNorm or LayerNorm) is { } next && network.WeighingOf(next) is not null && network.IsEnd(next))
                    yield return network.At(node, network.Nodes[node].Name, Invariant.Text(loss.Type.Length), Invariant.Text(layer.Units));
            }
        }
    }

    /// <summary>Units that need another vector for one or two of them.</summary>
    public static IEnumerable<Finding> AboveMultiple(NetworkView network)
    {
        foreach (var (node, layer) in network.Trained.Where(pair => network.Nodes[pair.Node].Layer is Dense or ConvolutionLayer or SeparableLayer && !network.IsEnd(pair.Node)))
        {
            if (layer.Units <= Lanes.Panel || layer.Units % Lanes.Panel is not (1 or 2))
                continue;
            var better = Invariant.Text(layer.Units / Lanes.Panel * Lanes.Panel);
            yield return network.At(node, network.Nodes[node].Name, Invariant.Text(layer.Units), Invariant.Text(Lanes.PadGate(layer.Units)), Invariant.Text(Lanes.Pad(layer.Units)), better)
                .With($"Use {better} units", Edit.SetFirst(network.PlaceOf(node), better));
        }
    }

    /// <summary>A layer with nearly all multiply-adds of a network of several.</summary>
    public static IEnumerable<Finding> MostWork(NetworkView network)
    {
        var all = network.Weighings.ToArray();
        var work = all.Sum(pair => pair.Layer.Products);
        return work < MuchWork || all.Length < 3 ? [] : all
            .Where(pair => pair.Layer.Products >= MostOfWork * work)
            .Select(pair => network.At(pair.Node, network.Nodes[pair.Node].Name, Percent(pair.Layer.Products / work), Invariant.Grouped((long)work)));
    }

    /// <summary>Dense layers of a twin whose weights could be half as large.</summary>
    public static IEnumerable<Finding> WideWeights(NetworkView network)
    {
        var bytes = network.Weighings.Where(pair => network.Nodes[pair.Node].Layer is Dense).Sum(pair => pair.Layer.Weights) * sizeof(float);
        if (bytes > SecondLevel && network.Spec.Storage == WeightStorage.Float32)
        {
            yield return new Finding(Place.Network, network.Spec.Target.Name, Invariant.Text(Math.Round(bytes / 1e6, 1)))
                .With("Store the weights in 16 bits", Edit.Set(Place.Network, "Storage", "WeightStorage.BFloat16"));
        }
    }

    private static string Percent(double share) => Invariant.Text(Math.Round(share * 100));
}
