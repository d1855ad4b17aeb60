using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>Which outputs a loss fits.</summary>
internal static class LossRules
{
    /// <summary>Checks a loss against the layer that it takes.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="layer">The layer; null for the network's input.</param>
    /// <param name="type">The shape of the layer's output.</param>
    /// <returns>The rule that it breaks with the message's arguments, or null.</returns>
    public static (DiagnosticDescriptor Rule, object[] Arguments)? Check(LossSpec loss, Layer? layer, TensorType type)
    {
        if (!(loss.Weight > 0) || float.IsInfinity(loss.Weight))
            return (Rules.Argument, [loss.Title, "Weight", "finite and above 0", Invariant.Text(loss.Weight)]);
        if (loss.Kind == LossKind.Huber && (!(loss.Parameter > 0) || float.IsInfinity(loss.Parameter)))
            return (Rules.Argument, [loss.Title, "Delta", "finite and above 0", Invariant.Text(loss.Parameter)]);
        if (loss.Kind == LossKind.MultiClassHinge && (!(loss.Parameter > 0) || float.IsInfinity(loss.Parameter)))
            return (Rules.Argument, [loss.Title, "Margin", "finite and above 0", Invariant.Text(loss.Parameter)]);
        if (loss.Kind == LossKind.Center && !(loss.Parameter is > 0 and <= 1))
            return (Rules.Argument, [loss.Title, "Rate", "above 0 and up to 1", Invariant.Text(loss.Parameter)]);
        if (!(loss.LabelSmoothing is >= 0 and < 1))
            return (Rules.Argument, [loss.Title, "LabelSmoothing", "0 or more and below 1", Invariant.Text(loss.LabelSmoothing)]);

        if (loss.Kind is LossKind.SoftmaxCrossEntropy or LossKind.MultiClassHinge && (type.Rank != 1 || type.Length < 2))
            return (Rules.LossDoesNotFit, [loss.Title, "one axis of two or more classes", type, Flattening(layer, type)]);

        if (loss.Kind == LossKind.Center && type.Rank != 1)
            return (Rules.LossDoesNotFit, [loss.Title, "one axis of features", type, Flattening(layer, type)]);

        var activation = ActivationOf(layer);
        return loss.Kind switch
        {
            LossKind.SoftmaxCrossEntropy when activation is Activation.Softmax or Activation.LogSoftmax => (Rules.AppliedTwice, [loss.Title, "softmax"]),
            LossKind.BinaryCrossEntropyWithLogits when activation is Activation.Sigmoid => (Rules.AppliedTwice, [loss.Title, "sigmoid"]),
            _ => null,
        };
    }

    /// <summary>What an output of several axes lacks; most often the layer that makes one of them has been forgotten.</summary>
    private static string Flattening(Layer? layer, TensorType type) =>
        type.Rank == 1 ? ""
        : layer is Dense or Maxout ? $": [{layer.AttributeName}] works along the last axis only; put [Flatten] before it"
        : ": put [Flatten] before the loss";

    /// <summary>The activation that a layer ends with.</summary>
    public static Activation ActivationOf(Layer? layer) => layer?.FinalActivation ?? Activation.Identity;
}
