using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>
/// A layer: its arguments, its shape rule and which operations it is. Immutable and equal by value; it holds no Roslyn type.
/// </summary>
internal abstract record Layer
{
    /// <summary>The kind, as layers without a name are counted: <c>dense</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The attribute's name, as messages print it.</summary>
    public virtual string AttributeName => char.ToUpperInvariant(Kind[0]) + Kind.Substring(1);

    /// <summary>The activation that the layer ends with.</summary>
    public virtual Activation FinalActivation => Activation.Identity;

    /// <summary>What the layer is, with its arguments, as tables and comments print it: <c>Dense 128, ReLU</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The names of the layers that a join takes, in order; none for layers with one input.</summary>
    public virtual EquatableArray<string> Joined => default;

    /// <summary>The shape rule.</summary>
    /// <param name="inputs">The shapes of the inputs; one unless the layer is a join.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>The output's shape with the windows, or null after an error.</returns>
    public abstract LayerShape? Infer(IReadOnlyList<TensorType> inputs, IShapeErrors errors);

    /// <summary>Whether the layer looks from step to step, so that its input must be a sequence.</summary>
    public virtual bool TakesSequences => false;

    /// <summary>Whether the layer gives one value for the whole sequence.</summary>
    public virtual bool EndsSequence => false;

    /// <summary>Whether the layer needs steps that are still to come, which a stream does not know.</summary>
    public virtual bool LooksAhead => false;

    /// <summary>How many steps before a step its output depends on, those of its input or, if that has more, of its output; null: all of them.</summary>
    public virtual int? LooksBack => TakesSequences ? null : 0;

    /// <summary>The steps of its input for each step of its output.</summary>
    public virtual int StepStride => 1;

    /// <summary>The steps of its output for each step of its input.</summary>
    public virtual int StepScale => 1;

    /// <summary>Whether the layer gives the values that it takes, only in another shape.</summary>
    public virtual bool OnlyReshapes => false;

    /// <summary>Whether the layer has parameters that are not frozen.</summary>
    public virtual bool Trains => false;

    /// <summary>Writes the layer as operations.</summary>
    /// <param name="network">Takes the operations and the parameters.</param>
    /// <param name="inputs">What the layer takes.</param>
    /// <param name="resolved">What the shape rule has found.</param>
    public abstract LogicalValue Lower(Lowering network, IReadOnlyList<LogicalValue> inputs, LayerShape resolved);
}
