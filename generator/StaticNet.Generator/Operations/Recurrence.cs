using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The hidden states of a recurrent layer: step by step, what its cell makes of the sums over its input and of the products with the
/// hidden state of the step before.
/// </summary>
internal sealed class Recurrence : Operation
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="projection">The sums over the input, gate by gate.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="weights">The weights of the states.</param>
    /// <param name="isReverse">Whether it goes from the last step to the first.</param>
    public Recurrence(string layer, Contraction projection, RecurrentCell cell, RecurrentWeights weights, bool isReverse)
        : base(layer, [projection.Output], TensorType.Of(cell.Units))
    {
        (Projection, Cell, Weights, IsReverse) = (projection, cell, weights, isReverse);
        Gates = Give("gates", TensorType.Of(cell.Width));
        CellState = cell.HasCellState ? Give("cell", Output.Type) : null;
        Product = cell.HasProductApart ? Give("product", Output.Type) : null;
        Reset = cell.ResetsBefore ? Give("reset", Output.Type) : null;
        Scratch = new Value($"{layer}.memory", TensorType.Of(3, (cell.Gates.Count + 1) * cell.Stride), this);
    }

    /// <summary>The same in another form: with the sums over the input in its own hands, or for the one sequence that a stream is.</summary>
    private Recurrence(Recurrence other, bool isJoined, Value? scratch)
        : base(other.Layer, [isJoined ? other.Projection.Inputs[0] : other.Inputs[0]], other.Output)
    {
        (Projection, Cell, Weights, IsReverse) = (other.Projection, other.Cell, other.Weights, other.IsReverse);
        (Gates, CellState, Product, Reset, Scratch) = (other.Gates, other.CellState, other.Product, other.Reset, scratch);
        IsJoined = isJoined;
    }

    /// <summary>The sums over the input.</summary>
    public Contraction Projection { get; }

    /// <summary>Whether it sums over the input itself.</summary>
    public bool IsJoined { get; }

    public RecurrentCell Cell { get; }

    /// <summary>The weights of the states.</summary>
    public RecurrentWeights Weights { get; }

    public Parameter? Bias => Weights.Bias;

    /// <summary>Whether it goes from the last step to the first.</summary>
    public bool IsReverse { get; }

    /// <summary>The gates after their functions, which the gradient reads.</summary>
    public Value Gates { get; }

    /// <summary>The cell state, where there is one.</summary>
    public Value? CellState { get; }

    /// <summary>The candidate's product with the hidden state, where the reset gate multiplies it.</summary>
    public Value? Product { get; }

    /// <summary>The hidden state times the reset gate, which the candidate's own weight takes.</summary>
    public Value? Reset { get; }

    /// <summary>What the gradient reads of each step.</summary>
    public IReadOnlyList<Value> ReadByGradient => Cell.Kind switch
    {
        CellKind.Gru => Product is null ? [Gates, Output] : [Gates, Output, Product],
        CellKind.Lstm => [Gates, CellState!],
        _ => [Output],
    };

    public override string Verb => IsReverse ? "ReverseSteps" : "Steps";

    public override IEnumerable<Parameter> Parameters => ParametersOfSteps.Concat(Weights.OfBeginning);

    /// <summary>What each step takes.</summary>
    public IEnumerable<Parameter> ParametersOfSteps => (IsJoined ? new[] { Projection.Weight, Projection.Bias }.OfType<Parameter>() : []).Concat(Weights.OfSteps);

    public override bool ReadsVectorsOf(int input) => !IsJoined;

    public override IReadOnlyList<Operation> AtInference => Projection.IsJoined ? [new Recurrence(this, isJoined: true, Scratch)] : [this];

    public override IReadOnlyList<Operation> InStream =>
        [new Recurrence(this, IsJoined, new Value(Scratch!.Name, TensorType.Of((Cell.Gates.Count + 1) * Cell.Stride), this) { IsShared = true })];

    public override long MultiplyAdds => Weights.Weight.Count + (Weights.OfCandidate?.Count ?? 0);

    public override IReadOnlyList<StateSlot> States => IsReverse ? [] : CellState is null
        ? [new($"{Layer}.hidden", Output, 1, IsRing: false)]
        : [new($"{Layer}.hidden", Output, 1, IsRing: false), new($"{Layer}.cell", CellState, 1, IsRing: false)];

    public override void Differentiate(Backward backward, Value gradient)
    {
        var step = new RecurrenceGradient(this, gradient, backward.Transpose(Weights.Weight), Weights.OfCandidate is { } own ? backward.Transpose(own) : null) { TimeSteps = (int)((long)backward.TimeSteps * Output.Steps / backward.Steps) };
        backward.Accumulate(Inputs[0], backward.Add(step));
        if (Weights.Weight.Trainable)
        {
            var before = backward.Add(IsReverse ? new DelayGradient(Layer, Output, 1) { Initial = Weights.InitialHidden } : new Delay(Layer, Output, 1) { Initial = Weights.InitialHidden });
            backward.Add(new WeightGradient(Layer, Weights.Weight, before, step.OfProducts));
        }

        if (Weights.OfCandidate is { Trainable: true } candidate)
            backward.Add(new WeightGradient(Layer, candidate, Reset!, step.OfCandidate!));
        if (Bias is { Trainable: true })
            backward.Add(new SumGradient(Layer, Bias, [step.OfBias], step.OfBias.Type) { FollowsLastAxis = true });
        if (Weights.Peephole is { Trainable: true } peephole)
            backward.Add(new SumGradient(Layer, peephole, [step.OfPeepholes!], step.OfPeepholes!.Type) { FollowsLastAxis = true });
        if (Weights.InitialHidden is { Trainable: true } hidden)
            backward.Add(new SumGradient(Layer, hidden, [step.OfInitialHidden!], step.OfInitialHidden!.Type) { FollowsLastAxis = true });
        if (Weights.InitialCell is { Trainable: true } cell)
            backward.Add(new SumGradient(Layer, cell, [step.OfInitialCell!], step.OfInitialCell!.Type) { FollowsLastAxis = true });
    }
}
