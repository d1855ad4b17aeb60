using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Advice;

/// <summary>Rules about what weights begin with.</summary>
internal static class WeightAdvice
{
    private static readonly Activation[] Rectifiers = [Activation.ReLU, Activation.ReLU6, Activation.LeakyReLU, Activation.PReLU];

    private static readonly Activation[] Saturating = [Activation.Sigmoid, Activation.Tanh, Activation.LeCunTanh, Activation.HardTanh, Activation.HardSigmoid, Activation.Softsign];

    /// <summary>Two layers in a row whose weights are all equal: the units between them have the same values and the same gradients.</summary>
    public static IEnumerable<Finding> Symmetry(NetworkView network)
    {
        foreach (var (node, layer) in network.Trained.Where(pair => pair.Layer.Units > 1 && AreEqual(pair.Layer)))
        {
            if (network.Next(node, IsElementwise) is { } next && network.WeighingOf(next) is { } after && AreEqual(after))
                yield return network.At(node, network.Nodes[node].Name, network.Nodes[next].Name).With("Leave out the initialiser", WithoutInitialiser(network.PlaceOf(node)));
        }
    }

    /// <summary>Sums that are all zero or less, where a rectifier has no gradient.</summary>
    public static IEnumerable<Finding> DeadStart(NetworkView network)
    {
        foreach (var (node, layer) in network.Trained.Where(pair => pair.Layer.Kernel.Kind == Initializer.Zeros && !(pair.Layer is { Bias: true, BiasValue: > 0 })))
        {
            var rectifier = layer.IsLinear && network.Next(node, _ => false) is { } next && network.Nodes[next].Layer is ActivationLayer function ? function.FinalActivation : layer.Activation;
            if (rectifier is Activation.ReLU or Activation.ReLU6)
                yield return network.At(node, network.Nodes[node].Name, new ActivationFunction(rectifier).Title).With("Leave out the initialiser", WithoutInitialiser(network.PlaceOf(node)));
        }
    }

    /// <summary>He's initialisers double the variance for rectifiers, Glorot's and LeCun's do not; SELU keeps LeCun's.</summary>
    public static IEnumerable<Finding> Initialiser(NetworkView network)
    {
        foreach (var (node, layer) in network.Trained.Where(pair => !network.IsEnd(pair.Node) && network.Nodes[pair.Node].Layer is not RecurrentLayer))
        {
            var kind = layer.Kernel.Kind;
            var (isHe, isOther) = (kind is Initializer.HeUniform or Initializer.HeNormal, kind is Initializer.GlorotUniform or Initializer.GlorotNormal or Initializer.LeCunUniform or Initializer.LeCunNormal);
            var (suited, effect) = isHe && Saturating.Contains(layer.Activation) ? ("rectifiers", "grow into saturation")
                : isOther && Rectifiers.Contains(layer.Activation) ? ("functions like tanh", "shrink")
                : layer.Activation == Activation.SELU && (isHe || kind is Initializer.GlorotUniform or Initializer.GlorotNormal) ? (isHe ? "rectifiers" : "functions like tanh", "do not keep variance 1")
                : ("", "");
            if (suited.Length == 0)
                continue;
            var fitting = new Initialization(Initializer.Default).For(layer.Activation).Kind;
            yield return network.At(node, network.Nodes[node].Name, kind, suited, new ActivationFunction(layer.Activation).Title, effect, fitting)
                .With("Leave out the initialiser", WithoutInitialiser(network.PlaceOf(node)));
        }
    }

    private static bool AreEqual(Weighing layer) => layer.Trainable && layer.Kernel.Kind is Initializer.Zeros or Initializer.Constant;

    private static bool IsElementwise(Layer layer) => layer is ActivationLayer or Dropout;

    private static Edit[] WithoutInitialiser(Place place) => [Edit.Unset(place, "Initializer"), Edit.Unset(place, "InitializerValue")];
}
