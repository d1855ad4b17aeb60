namespace StaticNet.Generator.Layers;

/// <summary>
/// A network as declared: the model of the pipeline. Immutable, equal by value, without any Roslyn type; everything that the
/// generator writes follows from it.
/// </summary>
/// <param name="Target">The class that the code goes into.</param>
/// <param name="InputShape">The shape of one input sample.</param>
/// <param name="Layers">The layers in the order of their attributes.</param>
/// <param name="Losses">The losses in the order of their attributes; empty unless the network trains.</param>
/// <param name="BatchSize">The largest training batch; null: inference only.</param>
/// <param name="VectorBits">128, 256 or 512 forces one vector width, for tests; 0 chooses at run time.</param>
/// <param name="Layout">In which order the user's spans hold inputs, outputs and targets of their shape.</param>
/// <param name="KeepsValues">Whether a training step keeps the outputs of layers and their gradients.</param>
/// <param name="IsTwin">Whether the class is the inference twin of another, whose weights it needs before it runs.</param>
/// <param name="Weights">The file that a twin's weights come from, as declared; null where they are loaded by hand.</param>
/// <param name="Resource">The name under which the build embeds that file; null before it is looked for, or where it is not found.</param>
internal sealed record NetworkSpec(
    TargetType Target,
    EquatableArray<int> InputShape,
    EquatableArray<LayerSpec> Layers,
    EquatableArray<LossSpec> Losses,
    int? BatchSize,
    int VectorBits = 0,
    InputLayout Layout = InputLayout.ChannelsFirst,
    bool KeepsValues = false,
    bool IsTwin = false,
    string? Weights = null,
    string? Resource = null);

/// <summary>In which order the user's spans hold the axes; the names are those of the enum <c>StaticNet.Layout</c>.</summary>
internal enum InputLayout
{
    ChannelsFirst,
    ChannelsLast,
}

/// <summary>The class that the code goes into.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Containers">The declarations of the types around it, outermost first: <c>partial class Outer&lt;T&gt;</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeParameters">Its type parameters with brackets, <c>&lt;T&gt;</c>, or empty.</param>
/// <param name="HintName">The start of the generated files' names, unique in the compilation.</param>
/// <param name="QualifyNames">Whether a name that generated code uses shortly means something else at the class.</param>
/// <param name="HasSummary">Whether the user's part has a summary of its own.</param>
/// <param name="IsMarkedNotCompliant">Whether the class is to be marked as not compliant with the Common Language Specification.</param>
internal sealed record TargetType(
    string Namespace,
    EquatableArray<string> Containers,
    string Name,
    string TypeParameters,
    string HintName,
    bool QualifyNames = false,
    bool HasSummary = false,
    bool IsMarkedNotCompliant = false);
