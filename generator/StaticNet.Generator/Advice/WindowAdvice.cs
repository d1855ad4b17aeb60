using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about windows over images and sequences.</summary>
internal static class WindowAdvice
{
    /// <summary>The part of its input that a layer may leave out at the border.</summary>
    private const double MostUnread = 0.15;

    /// <summary>Elements that no window reads.</summary>
    public static IEnumerable<Finding> Unread(NetworkView network)
    {
        foreach (var node in network.All.Where(node => network.Nodes[node].Layer is PoolingLayer or Subsampling || HasWideKernel(network.Nodes[node])))
        {
            var unread = 1 - network.Nodes[node].Shape.Windows.Aggregate(1.0, (product, window) => product * window.ElementsTaken / window.Input);
            if (unread >= MostUnread)
                yield return network.At(node, network.Nodes[node].Name, Invariant.Text(Math.Round(unread * 100)), network.InputTypeOf(node));
        }
    }

    /// <summary>Weights that no element ever meets.</summary>
    public static IEnumerable<Finding> DeadTaps(NetworkView network)
    {
        foreach (var node in network.All.Where(node => HasWideKernel(network.Nodes[node])))
        {
            var windows = network.Nodes[node].Shape.Windows;
            var (alive, all) = (windows.Aggregate(1L, (product, window) => product * window.TapsInUse), windows.Aggregate(1L, (product, window) => product * window.Kernel));
            if (alive < all)
                yield return network.At(node, network.Nodes[node].Name, Invariant.Text(alive), Invariant.Text(all), network.InputTypeOf(node));
        }
    }

    /// <summary>Features of a global pooling that see less than half of the image, or of the line, in each direction.</summary>
    public static IEnumerable<Finding> ShortSight(NetworkView network)
    {
        if (network.Graph.Inputs.Count != 1 || network.Graph.Inputs[0].Type.Pixels.Count == 0)
            yield break;
        var pixels = network.Graph.Inputs[0].Type.Pixels;
        var fields = Fields(network);
        foreach (var (node, _) in network.Of<GlobalPoolingLayer>())
        {
            var input = network.InputOf(node);
            if ((NetworkGraph.IsInput(input) ? [.. pixels.Select(_ => 1L)] : fields[input]) is { } field && field.Length == pixels.Count && field.Zip(pixels, (sees, size) => sees * 2 < size).All(isShort => isShort))
                yield return network.At(node, network.Nodes[node].Name, string.Join("×", field.Select(sees => Invariant.Text(sees))), string.Join("×", pixels.Select(size => Invariant.Text(size))));
        }
    }

    /// <summary>For each layer, the positions of the input that one position of its output depends on, along each axis; null if that is all or not known.</summary>
    public static long[]?[] Fields(NetworkView network)
    {
        // Layers follow those that they read: each is looked at once, however many paths lead to it.
        var reaches = new (long Field, long Step)[]?[network.Nodes.Count];
        foreach (var node in network.All)
            reaches[node] = ReachOf(network, node, reaches);
        return [.. reaches.Select(reach => reach?.Select(axis => axis.Field).ToArray())];
    }

    private static bool HasWideKernel(LayerNode node) =>
        node.Layer is ConvolutionLayer or DepthwiseLayer or SeparableLayer && node.Shape.Windows.Any(window => window.Kernel > 1);

    /// <summary>The receptive field of a layer along each axis, and the distance in the input between two neighbours of its output.</summary>
    private static (long Field, long Step)[]? ReachOf(NetworkView network, int node, (long Field, long Step)[]?[] reaches)
    {
        var layer = network.Nodes[node];
        if (layer.Layer is not (ConvolutionLayer or DepthwiseLayer or SeparableLayer or PoolingLayer or Subsampling or BatchNorm or ActivationLayer or Dropout or ElementwiseJoin or GaussianNoise or RescalingLayer or ClipLayer or PowerLayer))
            return null;
        (long Field, long Step)[]? widest = null;
        foreach (var input in layer.Inputs.Where(input => !network.Graph.IsConstant(input)))
        {
            if ((NetworkGraph.IsInput(input) ? [.. network.Graph.TypeOf(input).Pixels.Select(_ => (1L, 1L))] : reaches[input]) is not { } reach)
                return null;
            widest = widest is null ? reach : [.. widest.Zip(reach, (first, second) => (Math.Max(first.Field, second.Field), Math.Max(first.Step, second.Step)))];
        }

        return layer.Shape.Windows.Count == 0 ? widest
            : widest?.Zip(layer.Shape.Windows, (axis, window) => (axis.Field + ((window.Kernel - 1L) * window.Dilation * axis.Step), axis.Step * window.Stride)).ToArray();
    }
}
