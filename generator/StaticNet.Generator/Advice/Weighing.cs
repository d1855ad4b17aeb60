using StaticNet.Generator.Layers;
using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>What layers that multiply by weights have in common.</summary>
/// <param name="Units">The outputs of each row or pixel.</param>
/// <param name="Kernel">What the weights begin with.</param>
/// <param name="Bias">Whether a bias is added.</param>
/// <param name="BiasValue">What the bias begins with.</param>
/// <param name="Activation">The function of the sums.</param>
/// <param name="Trainable">Whether the layer trains.</param>
/// <param name="Weights">The number of weights, without biases.</param>
/// <param name="Products">The multiply-adds of a sample.</param>
internal sealed record Weighing(int Units, Initialization Kernel, bool Bias, float BiasValue, Activation Activation, bool Trainable, double Weights, double Products)
{
    /// <summary>Whether the layer is linear: its activation is the identity.</summary>
    public bool IsLinear => Activation == Activation.Identity;

    /// <summary>What is in common; null for layers of another kind.</summary>
    /// <param name="node">The layer.</param>
    /// <param name="input">What it takes.</param>
    /// <param name="steps">The steps of a sample that it takes.</param>
    public static Weighing? Of(LayerNode node, TensorType input, int steps)
    {
        double pixels = node.Output.Pixels.Aggregate(1.0, (product, size) => product * size);
        return node.Layer switch
        {
            Dense dense => Make(dense.Units, dense.Kernel, dense.Bias, dense.BiasValue, dense.Activation.Kind, dense.Trainable, (double)dense.Units * input.Last, input.Rows),
            Maxout maxout => Make(maxout.Units, maxout.Kernel, maxout.Bias, maxout.BiasValue, Activation.Abs, maxout.Trainable, (double)maxout.Units * maxout.Pieces * input.Last, input.Rows),
            ConvolutionLayer conv => Make(conv.Filters, conv.Kernel, conv.Bias, conv.BiasValue, conv.Activation.Kind, conv.Trainable, Connected(conv, input.Channels) * Taps(node), pixels),
            TransposedConvolutionLayer conv => Make(
                conv.Filters, conv.Kernel, conv.Bias, conv.BiasValue, conv.Activation.Kind, conv.Trainable, (double)conv.Filters * input.Channels / conv.Groups * Taps(node), input.Pixels.Aggregate(1.0, (product, size) => product * size)),
            DepthwiseLayer deep => Make(node.Output.Channels, deep.Kernel, deep.Bias, deep.BiasValue, deep.Activation.Kind, deep.Trainable, node.Output.Channels * Taps(node), pixels),
            SeparableLayer deep => Make(
                deep.Filters, deep.Kernel, deep.Bias, deep.BiasValue, deep.Activation.Kind, deep.Trainable, (double)input.Channels * deep.Multiplier * (Taps(node) + deep.Filters), pixels),
            CausalConvolutionLayer causal => Make(
                causal.Filters, causal.Kernel, causal.Bias, causal.BiasValue, causal.Activation.Kind, causal.Trainable, (double)causal.Filters * input.Channels / causal.Groups * causal.Window.Kernel, 1.0 / causal.Window.Stride),
            CausalTransposedConvolutionLayer causal => Make(
                causal.Filters, causal.Kernel, causal.Bias, causal.BiasValue, causal.Activation.Kind, causal.Trainable, (double)causal.Filters * input.Channels / causal.Groups * causal.Window.Kernel, 1),
            RecurrentLayer cell => Make(
                cell.Units, cell.Kernel, cell.Bias, cell.BiasValue, cell.Activation, cell.Trainable,
                cell.Units * ((RecurrentCell.GatesOf(cell.Cell).Count * ((double)input.Last + cell.HiddenUnits)) + cell.Projection) * (cell.Direction == SequenceDirection.Bidirectional ? 2 : 1), 1),
            _ => null,
        };

        Weighing Make(int units, Initialization kernel, bool bias, float biasValue, Activation activation, bool trainable, double weights, double uses) =>
            new(units, kernel, bias, biasValue, activation, trainable, weights, weights * uses * steps);
    }

    private static double Taps(LayerNode node) => node.Shape.Windows.Aggregate(1.0, (product, window) => product * window.Kernel);

    private static double Connected(ConvolutionLayer conv, int channels) =>
        conv.Table.Count > 0 ? new Connections(1, conv.Table).Count : (double)conv.Filters * channels / conv.Groups;
}
