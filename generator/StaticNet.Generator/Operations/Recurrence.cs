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
    /// <param name="sums">The same as they are added: where the weight of the input is normalised, times its scale, with the bias.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="weights">The weights of the states.</param>
    /// <param name="isReverse">Whether it goes from the last step to the first.</param>
    /// <param name="mask">The mask of recurrent dropout, or null.</param>
    public Recurrence(string layer, Contraction projection, Value sums, RecurrentCell cell, RecurrentWeights weights, bool isReverse, RecurrentMask? mask)
        : base(layer, [sums, .. mask is null ? Array.Empty<Value>() : [mask.Output], .. ScaleOf(weights)], TensorType.Of(cell.HiddenUnits))
    {
        Mask = mask?.Output;
        Masked = mask is null ? null : Give("masked", Output.Type);
        (Projection, Cell, Weights, IsReverse) = (projection, cell, weights, isReverse);
        Gates = Give("gates", TensorType.Of(cell.Width));
        CellState = cell.HasCellState ? Give("cell", TensorType.Of(cell.Units)) : null;
        Unprojected = cell.IsProjected ? Give("unprojected", TensorType.Of(cell.Units)) : null;
        Product = cell.HasProductApart ? Give("product", Output.Type) : null;
        Reset = cell.ResetsBefore ? Give("reset", Output.Type) : null;
        Scratch = new Value($"{layer}.memory", TensorType.Of(3, (cell.Gates.Count + 1) * cell.Stride), this);
    }

    /// <summary>The same in another form: with the sums over the input in its own hands, or for the one sequence that a stream is.</summary>
    private Recurrence(Recurrence other, bool isJoined, Value? scratch)
        : base(other.Layer, [isJoined ? other.Projection.Inputs[0] : other.Inputs[0], .. ScaleOf(other.Weights)], other.Output)
    {
        (Projection, Cell, Weights, IsReverse) = (other.Projection, other.Cell, other.Weights, other.IsReverse);
        (Gates, CellState, Unprojected, Product, Reset, Scratch) = (other.Gates, other.CellState, other.Unprojected, other.Product, other.Reset, scratch);
        IsJoined = isJoined;
    }

    /// <summary>What the products with the hidden state are multiplied by, where their weight is normalised; otherwise null.</summary>
    public Value? Scale => Weights.Scale?.Output;

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

    /// <summary>The cell's output, where the hidden state is a product of it.</summary>
    public Value? Unprojected { get; }

    /// <summary>The candidate's product with the hidden state, where the reset gate multiplies it.</summary>
    public Value? Product { get; }

    /// <summary>The hidden state times the reset gate, which the candidate's own weight takes.</summary>
    public Value? Reset { get; }

    /// <summary>For each sequence, by what the hidden state is multiplied before the weights; null: by nothing.</summary>
    public Value? Mask { get; }

    /// <summary>The hidden state before each step times that.</summary>
    public Value? Masked { get; }

    public override IEnumerable<Value> Reread => Masked is null ? [] : [Masked];

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

    public override IReadOnlyList<Operation> AtInference => Projection.IsJoined || Mask is not null ? [new Recurrence(this, Projection.IsJoined, Scratch)] : [this];

    public override IReadOnlyList<Operation> InStream =>
        [new Recurrence(this, IsJoined, new Value(Scratch!.Name, TensorType.Of((Cell.Gates.Count + 1) * Cell.Stride), this) { IsShared = true })];

    public override long MultiplyAdds => Weights.Weight.Count + (Weights.OfCandidate?.Count ?? 0) + (Weights.OfOutput?.Count ?? 0);

    public override IReadOnlyList<StateSlot> States => IsReverse ? [] : CellState is null
        ? [new($"{Layer}.hidden", Output, 1, IsRing: false)]
        : [new($"{Layer}.hidden", Output, 1, IsRing: false), new($"{Layer}.cell", CellState, 1, IsRing: false)];

    public override void Differentiate(Backward backward, Value gradient)
    {
        var step = new RecurrenceGradient(
            this, gradient, backward.Transpose(Weights.Weight), Weights.OfCandidate is { } own ? backward.Transpose(own) : null, Weights.OfOutput is { } ofOutput ? backward.Transpose(ofOutput) : null)
        {
            TimeSteps = (int)((long)backward.TimeSteps * Output.Steps / backward.Steps),
        };
        backward.Accumulate(Inputs[0], backward.Add(step));
        if (Weights.Weight.Trainable)
        {
            var before = Masked ?? backward.Add(IsReverse ? new DelayGradient(Layer, Output, 1) { Initial = Weights.InitialHidden } : new Delay(Layer, Output, 1) { Initial = Weights.InitialHidden });
            backward.Add(new WeightGradient(Layer, Weights.Weight, before, step.OfScaled));
            if (Weights.Scale is not null)
                backward.Add(new WeightNormGradient(Layer, step.OfProducts, backward.Add(new Contraction(Layer, before, Weights.Weight, null, Unrolling.Never)), Weights.Scale));
        }

        if (Weights.OfCandidate is { Trainable: true } candidate)
            backward.Add(new WeightGradient(Layer, candidate, Reset!, step.OfCandidate!));
        if (Weights.OfOutput is { Trainable: true } projection)
            backward.Add(new WeightGradient(Layer, projection, Unprojected!, step.OfHidden!));
        if (Bias is { Trainable: true })
            backward.Add(new SumGradient(Layer, Bias, [step.OfBias], step.OfBias.Type) { FollowsLastAxis = true });
        if (Weights.Peephole is { Trainable: true } peephole)
            backward.Add(new SumGradient(Layer, peephole, [step.OfPeepholes!], step.OfPeepholes!.Type) { FollowsLastAxis = true });
        if (Weights.InitialHidden is { Trainable: true } hidden)
            backward.Add(new SumGradient(Layer, hidden, [step.OfInitialHidden!], step.OfInitialHidden!.Type) { FollowsLastAxis = true });
        if (Weights.InitialCell is { Trainable: true } cell)
            backward.Add(new SumGradient(Layer, cell, [step.OfInitialCell!], step.OfInitialCell!.Type) { FollowsLastAxis = true });
    }

    private static Value[] ScaleOf(RecurrentWeights weights) => weights.Scale is null ? [] : [weights.Scale.Output];
}
