using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about losses and the activations of what they take.</summary>
internal static class LossAdvice
{
    private static readonly Activation[] Limiting =
    [
        Activation.ReLU, Activation.ReLU6, Activation.Sigmoid, Activation.HardSigmoid, Activation.LogSigmoid, Activation.Tanh, Activation.LeCunTanh,
        Activation.HardTanh, Activation.Softsign, Activation.Softplus, Activation.Exp, Activation.Square, Activation.Abs,
    ];

    /// <summary>Squared errors of probabilities. What has the shape of the input, an autoencoder's output, is no probability.</summary>
    public static IEnumerable<Finding> SlowLoss(NetworkView network)
    {
        foreach (var (place, loss, node) in Losses(network).Where(item => item.Loss.Loss.Kind is LossKind.MeanSquaredError or LossKind.HalfSquaredError))
        {
            var activation = network.ActivationOf(node);
            if (activation is not (Activation.Sigmoid or Activation.Softmax) || network.Graph.Inputs.Any(input => input.Type.Length == loss.Type.Length))
                continue;
            var better = activation == Activation.Sigmoid ? "BinaryCrossEntropyLoss" : "SoftmaxCrossEntropyLoss, without the softmax and with SoftTargets = true";
            var finding = new Finding(place, loss.Loss.Title, activation == Activation.Sigmoid ? "sigmoid" : "softmax", network.Nodes[node].Name, better);
            yield return activation == Activation.Sigmoid ? finding.With("Use the cross-entropy", Edit.Rename(place, "BinaryCrossEntropyLoss")) : finding;
        }
    }

    /// <summary>Losses of logits after a function that does not reach all numbers.</summary>
    public static IEnumerable<Finding> SqueezedLogits(NetworkView network)
    {
        foreach (var (_, loss, node) in Losses(network).Where(item => item.Loss.Loss.Kind is LossKind.SoftmaxCrossEntropy or LossKind.BinaryCrossEntropyWithLogits or LossKind.MultiClassHinge))
        {
            if (Limiting.Contains(network.ActivationOf(node)))
                yield return WithoutActivation(network, node, network.At(node, loss.Loss.Title, new ActivationFunction(network.ActivationOf(node)).Title, network.Nodes[node].Name));
        }
    }

    /// <summary>The logarithm of what is no probability.</summary>
    public static IEnumerable<Finding> NotProbabilities(NetworkView network)
    {
        foreach (var (place, _, node) in Losses(network).Where(item => item.Loss.Loss.Kind == LossKind.BinaryCrossEntropy))
        {
            if (network.WeighingOf(node) is not { } layer || layer.Activation is Activation.Sigmoid or Activation.HardSigmoid or Activation.Softmax)
                continue;
            // The activation of a recurrent cell is not that of its outputs, and a maxout has none.
            yield return layer.Activation != network.ActivationOf(node) ? new Finding(place, network.Nodes[node].Name, "add a dense layer with a sigmoid")
                : layer.IsLinear ? new Finding(place, network.Nodes[node].Name, "use BinaryCrossEntropyWithLogitsLoss").With("Use the loss of logits", Edit.Rename(place, "BinaryCrossEntropyWithLogitsLoss"))
                : new Finding(place, network.Nodes[node].Name, "give it a sigmoid").With("Give the layer a sigmoid", Edit.Set(network.PlaceOf(node), "Activation", "Activation.Sigmoid"));
        }
    }

    /// <summary>Differences from any number, of what is never negative.</summary>
    public static IEnumerable<Finding> LimitedOutput(NetworkView network)
    {
        foreach (var (_, loss, node) in Losses(network).Where(item => item.Loss.Loss.Kind is LossKind.MeanSquaredError or LossKind.HalfSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber))
        {
            if (network.ActivationOf(node) is Activation.ReLU or Activation.ReLU6)
                yield return WithoutActivation(network, node, network.At(node, loss.Loss.Title, network.Nodes[node].Name, new ActivationFunction(network.ActivationOf(node)).Title));
        }
    }

    /// <summary>Smoothing that leaves the right class less than half.</summary>
    public static IEnumerable<Finding> Oversmoothed(NetworkView network)
    {
        foreach (var (place, loss, _) in Losses(network).Where(item => item.Loss.Loss.LabelSmoothing >= 0.5f))
        {
            var (smoothing, classes) = ((double)loss.Loss.LabelSmoothing, loss.Type.Length);
            yield return new Finding(place, Invariant.Text(loss.Loss.LabelSmoothing), Invariant.Text(Math.Round(1 - smoothing + (smoothing / classes), 2))).With("Use 0.1", Edit.Set(place, "LabelSmoothing", "0.1f"));
        }
    }

    /// <summary>The losses with their attributes, and the layers whose numbers they take.</summary>
    private static IEnumerable<(Place Place, LossNode Loss, int Node)> Losses(NetworkView network) => network.Graph.Losses
        .Select((loss, index) => (Place.Loss(index), loss, network.Origin(loss.From)))
        .Where(item => !NetworkGraph.IsInput(item.Item3));

    private static Finding WithoutActivation(NetworkView network, int node, Finding finding) =>
        network.Nodes[node].Layer is not ActivationLayer ? finding.With("Remove the activation", Edit.Unset(network.PlaceOf(node), "Activation"))
        : network.IsAnonymous(node) ? finding.With("Remove the activation", Edit.Remove(network.PlaceOf(node)))
        : finding;
}
