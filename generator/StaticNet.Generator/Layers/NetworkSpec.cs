using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>
/// A network as declared: the model of the pipeline. Immutable, equal by value, without any Roslyn type; everything that the
/// generator writes follows from it.
/// </summary>
/// <param name="Target">The class that the code goes into.</param>
/// <param name="Inputs">The inputs in the order of their attributes.</param>
/// <param name="Layers">The layers in the order of their attributes.</param>
/// <param name="Losses">The losses in the order of their attributes; empty unless the network trains.</param>
/// <param name="BatchSize">The largest training batch; null: inference only.</param>
/// <param name="Outputs">The outputs in the order of their attributes; empty: the last layer alone.</param>
/// <param name="VectorWidths">The widths of vectors that kernels are written for; the program chooses among them when it runs.</param>
/// <param name="Layout">In which order the user's spans hold inputs, outputs and targets of their shape.</param>
/// <param name="KeepsValues">Whether a training step keeps the outputs of layers and their gradients.</param>
/// <param name="GivesInputGradients">Whether a training step computes the gradients of the inputs.</param>
/// <param name="TimeSteps">The steps after which back-propagation through time is truncated; 0: never.</param>
/// <param name="IsTwin">Whether the class is the inference twin of another, whose weights it needs before it runs.</param>
/// <param name="Weights">The file that a twin's weights come from, as declared; null where they are loaded by hand.</param>
/// <param name="Resource">The name under which the build embeds that file; null before it is looked for, or where it is not found.</param>
/// <param name="IsBaked">Whether the build puts these weights into code, in the layout of the kernels, and not into a resource.</param>
/// <param name="Storage">In which numbers the weights of dense layers are kept while the network computes.</param>
internal sealed record NetworkSpec(
    TargetType Target,
    EquatableArray<InputSpec> Inputs,
    EquatableArray<LayerSpec> Layers,
    EquatableArray<LossSpec> Losses,
    int? BatchSize,
    EquatableArray<OutputSpec> Outputs = default,
    VectorWidths VectorWidths = VectorWidths.All,
    Vocabulary.Layout Layout = Vocabulary.Layout.ChannelsFirst,
    bool KeepsValues = false,
    bool GivesInputGradients = false,
    int TimeSteps = 0,
    bool IsTwin = false,
    string? Weights = null,
    string? Resource = null,
    bool IsBaked = false,
    WeightStorage Storage = WeightStorage.Float32)
{
    /// <summary>The layers as a graph with shapes, found when the declaration was checked; none where it has faults.</summary>
    public Derived<NetworkGraph> Graph { get; init; }

    /// <summary>Whether the program computes a loss of its own between the halves of a training step.</summary>
    public bool HasCustomLoss => Losses.Any(loss => loss.Kind == LossKind.Custom);
}
