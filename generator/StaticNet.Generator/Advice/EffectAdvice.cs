using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>The rule about layers that do nothing.</summary>
internal static class EffectAdvice
{
    /// <summary>Layers that return what they take.</summary>
    public static IEnumerable<Finding> NoEffect(NetworkView network)
    {
        foreach (var node in network.All.Where(node => network.Nodes[node].Inputs.Count == 1 && HasNone(network.Nodes[node], network.InputTypeOf(node))))
        {
            var finding = network.At(node, network.Nodes[node].Name);
            yield return network.IsAnonymous(node) ? finding.With("Remove the layer", Edit.Remove(network.PlaceOf(node))) : finding;
        }
    }

    private static bool HasNone(LayerNode node, TensorType input) => node.Layer switch
    {
        Flatten => input.Rank == 1,
        Reshape => node.Output.Shape.Equals(input.Shape),
        Permute permute => permute.Order.SequenceEqual(Enumerable.Range(0, permute.Order.Count)),
        Dropout dropout => dropout.Rate == 0,
        ActivationLayer function => function.FinalActivation == Activation.Identity,
        PoolingLayer => node.Shape.Windows.All(window => window.IsIdentity),
        FramingLayer frame => frame.Axes.All(axis => axis is { Before: 0, After: 0 }),
        UpsamplingLayer upsampling => upsampling.Scales.All(scale => scale == 1),
        RescalingLayer rescaling => rescaling is { Scale: 1, Offset: 0 },
        PowerLayer power => power.Exponent == 1,
        _ => false,
    };
}
