using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about the functions between layers.</summary>
internal static class ActivationAdvice
{
    /// <summary>
    /// The layers in a row that still learn well: a sigmoid's derivative is ¼ at most, that of tanh 1 at most and near 1 only for small
    /// sums.
    /// </summary>
    private const int MostSigmoids = 3, MostTanhs = 8;

    private static readonly Activation[] Sigmoids = [Activation.Sigmoid, Activation.HardSigmoid];

    private static readonly Activation[] Tanhs = [Activation.Tanh, Activation.LeCunTanh, Activation.HardTanh, Activation.Softsign];

    /// <summary>
    /// Two linear layers in a row. A narrow one between two wide ones is no mistake: it factorises their matrix. Nor is a convolution of
    /// single pixels, or of single channels, before another convolution.
    /// </summary>
    public static IEnumerable<Finding> Collapse(NetworkView network)
    {
        foreach (var (node, layer) in network.Weighings.Where(pair => pair.Layer.IsLinear && IsFull(network.Nodes[pair.Node])))
        {
            if (network.Next(node, _ => false) is not { } next || !IsFull(network.Nodes[next]))
                continue;
            var (before, between, after) = (network.InputTypeOf(node).Length, network.Nodes[node].Output.Length, network.Nodes[next].Output.Length);
            if (between < Math.Min(before, after))
                continue;
            var place = network.PlaceOf(node);
            yield return network.At(node, network.Nodes[node].Name, network.Nodes[next].Name)
                .With("Give the layer a ReLU", Edit.Set(place, "Activation", "Activation.ReLU"));
        }
    }

    /// <summary>Chains of layers whose activations saturate.</summary>
    public static IEnumerable<Finding> Saturation(NetworkView network)
    {
        var chain = new Dictionary<int, int>();
        foreach (var (node, layer) in network.Weighings.Where(pair => network.Nodes[pair.Node].Layer is not RecurrentLayer && !network.IsEnd(pair.Node)))
        {
            var family = Sigmoids.Contains(layer.Activation) ? Sigmoids : Tanhs.Contains(layer.Activation) ? Tanhs : null;
            if (family is null)
                continue;
            var before = Before(network, node);
            chain[node] = before is { } origin && chain.TryGetValue(origin, out var length) && family.Contains(network.ActivationOf(origin)) ? length + 1 : 1;
            if (chain[node] == (family == Sigmoids ? MostSigmoids : MostTanhs) + 1)
                yield return network.At(node, network.Nodes[node].Name, Invariant.Text(chain[node]), family == Sigmoids ? "sigmoid" : "tanh");
        }
    }

    /// <summary>A softmax over an axis of one element.</summary>
    public static IEnumerable<Finding> LoneSoftmax(NetworkView network)
    {
        foreach (var node in network.All.Where(node => network.ActivationOf(node) is Activation.Softmax or Activation.LogSoftmax && network.Nodes[node].Output.Last == 1))
        {
            var finding = network.At(node, network.Nodes[node].Name, network.ActivationOf(node) == Activation.Softmax ? "1" : "0");
            yield return network.WeighingOf(node) is null ? finding : finding.With("Use a sigmoid", Edit.Set(network.PlaceOf(node), "Activation", "Activation.Sigmoid"));
        }
    }

    /// <summary>An activation layer after a layer that ends with the same function.</summary>
    public static IEnumerable<Finding> Twice(NetworkView network)
    {
        foreach (var (node, layer) in network.Of<ActivationLayer>())
        {
            var origin = network.Origin(network.InputOf(node));
            if (layer.Function.Kind is Activation.Identity or Activation.PReLU || network.ActivationOf(origin) != layer.Function.Kind)
                continue;
            var finding = network.At(node, network.Nodes[node].Name, layer.Function.Title, network.Nodes[origin].Name);
            yield return network.IsAnonymous(node) ? finding.With("Remove the layer", Edit.Remove(network.PlaceOf(node))) : finding;
        }
    }

    /// <summary>A softmax whose outputs a layer takes as features; products of matrices and joins use it as weights.</summary>
    public static IEnumerable<Finding> InnerSoftmax(NetworkView network)
    {
        foreach (var (node, layer) in network.Weighings.Where(pair => pair.Layer.Activation == Activation.Softmax))
        {
            if (network.Next(node, between => between is Dropout) is { } next && network.WeighingOf(next) is not null)
            {
                yield return network.At(node, network.Nodes[node].Name, Invariant.Text(layer.Units), network.Nodes[next].Name)
                    .With("Use a ReLU", Edit.Set(network.PlaceOf(node), "Activation", "Activation.ReLU"));
            }
        }
    }

    /// <summary>A root or a logarithm of sums that may be negative.</summary>
    public static IEnumerable<Finding> Undefined(NetworkView network)
    {
        foreach (var (node, layer) in network.Weighings.Where(pair => IsPartial(pair.Layer.Activation)))
            yield return network.At(node, new ActivationFunction(layer.Activation).Title, network.Nodes[node].Name);
        foreach (var (node, layer) in network.Of<ActivationLayer>().Where(pair => IsPartial(pair.Layer.Function.Kind)))
        {
            if (network.WeighingOf(network.Origin(network.InputOf(node))) is { IsLinear: true })
                yield return network.At(node, layer.Function.Title, network.Nodes[node].Name);
        }
    }

    private static bool IsPartial(Activation activation) => activation is Activation.Log or Activation.Sqrt;

    /// <summary>Whether each output depends on a neighbourhood of all inputs.</summary>
    private static bool IsFull(LayerNode node) => node.Layer is Dense or ConvolutionLayer { Groups: 1, Table.Count: 0 } && node.Shape.Windows.All(window => window.Kernel > 1);

    /// <summary>The layer with weights that feeds another, past layers that leave the size of gradients as it is.</summary>
    private static int? Before(NetworkView network, int node)
    {
        var before = network.InputOf(node);
        while (!NetworkGraph.IsInput(before) && (network.Nodes[before].Layer.OnlyReshapes || network.Nodes[before].Layer is Dropout or PoolingLayer))
            before = network.InputOf(before);
        return network.WeighingOf(before) is null ? null : before;
    }
}
