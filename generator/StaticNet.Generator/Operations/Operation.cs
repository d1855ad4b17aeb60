using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// One of the few things that layers are made of. It makes one value from others. What the later stages need to know about it, it reports
/// itself.
/// </summary>
internal abstract class Operation
{
    private readonly List<Value> _further = [];

    protected Operation(string layer, IReadOnlyList<Value> inputs, TensorType output, bool isShared = false, BufferElement element = BufferElement.Float32, int? steps = null)
    {
        Layer = layer;
        Inputs = inputs;
        Output = new Value(layer, output, this) { IsShared = isShared, Element = element, Steps = steps ?? (isShared ? 1 : inputs.FirstOrDefault(input => !input.IsShared)?.Steps ?? 1) };
    }

    /// <summary>Another way to compute a value.</summary>
    protected Operation(string layer, IReadOnlyList<Value> inputs, Value output)
    {
        Layer = layer;
        Inputs = inputs;
        Output = output;
    }

    /// <summary>The full name of the layer that it belongs to.</summary>
    public string Layer { get; }

    public IReadOnlyList<Value> Inputs { get; }

    public Value Output { get; }

    /// <summary>What it makes on the way to its output, stored where others read it.</summary>
    public IReadOnlyList<Value> Further => _further;

    /// <summary>All that it makes.</summary>
    public IEnumerable<Value> Outputs => _further.Prepend(Output);

    /// <summary>What the method that computes it is called, after the layer's name.</summary>
    public abstract string Verb { get; }

    /// <summary>The parameters that it reads.</summary>
    public virtual IEnumerable<Parameter> Parameters => [];

    /// <summary>What it makes on the way and reads itself, so that it is stored even where nothing else reads it.</summary>
    public virtual IEnumerable<Value> Reread => [];

    /// <summary>Memory that it needs while it runs, or null.</summary>
    public Value? Scratch { get; protected init; }

    /// <summary>What it keeps from step to step of a stream.</summary>
    public virtual IReadOnlyList<StateSlot> States => [];

    /// <summary>The products with a parameter's elements, a step of a sample.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Whether it follows from the parameters alone, so that it is computed only when they have changed.</summary>
    public bool IsPrepared => Output.IsShared && Inputs.Count == 0;

    /// <summary>Whether it is computed by tiles of its result, each over all samples, rather than sample by sample.</summary>
    public virtual bool IsByTile => Output.IsShared;

    /// <summary>Whether it gives the elements that it takes, only in other places.</summary>
    public virtual bool OnlyMoves => false;

    /// <summary>Whether it makes numbers about what its layer takes, which only the layer itself reads.</summary>
    public virtual bool IsAuxiliary => false;

    /// <summary>Which element functions it applies to its results.</summary>
    public virtual TailUse Tail => TailUse.None;

    /// <summary>Whether it reads an input as whole vectors, so that the input's rows must be padded.</summary>
    /// <param name="input">The input's index.</param>
    public virtual bool ReadsVectorsOf(int input) => true;

    /// <summary>What the padding of its result's rows may hold, after their last element.</summary>
    public virtual double[] PaddingOfRows => Padding.Zero;

    /// <summary>What computes its value outside training.</summary>
    public virtual IReadOnlyList<Operation> AtInference => [this];

    /// <summary>What computes its value in one step of a stream.</summary>
    public virtual IReadOnlyList<Operation> InStream => IsOfWholeSequences ? [] : [this];

    /// <summary>The value that stands for its own in one step of a stream.</summary>
    public virtual Value StreamOutput => Output;

    /// <summary>Whether it works on whole sequences alone, since another operation does the same step by step.</summary>
    public bool IsOfWholeSequences { get; set; }

    /// <summary>The value that stands for its own outside training.</summary>
    public virtual Value InferenceOutput => Output;

    /// <summary>
    /// The gradient rule: adds to <paramref name="backward"/> the operations that give the gradients of the inputs and of the
    /// parameters from that of the output.
    /// </summary>
    public virtual void Differentiate(Backward backward, Value gradient) =>
        throw new InvalidOperationException($"{GetType().Name} has no gradient.");

    /// <summary>Adds something that it makes on the way.</summary>
    /// <param name="name">What it is, after the layer's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="steps">Its steps; null: those of the output.</param>
    protected Value Give(string name, TensorType type, int? steps = null)
    {
        var value = new Value($"{Layer}.{name}", type, this) { Steps = steps ?? Output.Steps };
        _further.Add(value);
        return value;
    }

    public override string ToString() => $"{Output.Name} = {GetType().Name}({string.Join(", ", Inputs.Select(input => input.Name))})";
}
