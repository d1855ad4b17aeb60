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
    /// <param name="weight">The weight of the hidden state, [gates · units, units].</param>
    /// <param name="bias">The bias of its products, or null.</param>
    /// <param name="isReverse">Whether it goes from the last step to the first.</param>
    public Recurrence(string layer, Contraction projection, RecurrentCell cell, Parameter weight, Parameter? bias, bool isReverse)
        : base(layer, [projection.Output], TensorType.Of(cell.Units))
    {
        (Projection, Cell, Weight, Bias, IsReverse) = (projection, cell, weight, bias, isReverse);
        Gates = Give("gates", TensorType.Of(cell.Width));
        CellState = cell.HasCellState ? Give("cell", Output.Type) : null;
        Product = cell.HasProductApart ? Give("product", Output.Type) : null;
        Scratch = new Value($"{layer}.memory", TensorType.Of(3, (cell.Gates.Count + 1) * cell.Stride), this);
    }

    /// <summary>The same in another form: with the sums over the input in its own hands, or for the one sequence that a stream is.</summary>
    private Recurrence(Recurrence other, bool isJoined, Value? scratch)
        : base(other.Layer, [isJoined ? other.Projection.Inputs[0] : other.Inputs[0]], other.Output)
    {
        (Projection, Cell, Weight, Bias, IsReverse) = (other.Projection, other.Cell, other.Weight, other.Bias, other.IsReverse);
        (Gates, CellState, Product, Scratch) = (other.Gates, other.CellState, other.Product, scratch);
        IsJoined = isJoined;
    }

    /// <summary>The sums over the input.</summary>
    public Contraction Projection { get; }

    /// <summary>Whether it sums over the input itself.</summary>
    public bool IsJoined { get; }

    public RecurrentCell Cell { get; }

    public Parameter Weight { get; }

    public Parameter? Bias { get; }

    /// <summary>Whether it goes from the last step to the first.</summary>
    public bool IsReverse { get; }

    /// <summary>The gates after their functions, which the gradient reads.</summary>
    public Value Gates { get; }

    /// <summary>The cell state, where there is one.</summary>
    public Value? CellState { get; }

    /// <summary>The candidate's product with the hidden state, where the reset gate multiplies it.</summary>
    public Value? Product { get; }

    /// <summary>What the gradient reads of each step.</summary>
    public IReadOnlyList<Value> ReadByGradient => Cell.Kind switch
    {
        CellKind.Gru => [Gates, Output, Product!],
        CellKind.Lstm => [Gates, CellState!],
        _ => [Output],
    };

    public override string Verb => IsReverse ? "ReverseSteps" : "Steps";

    public override IEnumerable<Parameter> Parameters => (IsJoined ? new[] { Projection.Weight, Projection.Bias, Weight, Bias } : [Weight, Bias]).OfType<Parameter>();

    public override bool ReadsVectorsOf(int input) => !IsJoined;

    public override IReadOnlyList<Operation> AtInference => Projection.IsJoined ? [new Recurrence(this, isJoined: true, Scratch)] : [this];

    public override IReadOnlyList<Operation> InStream =>
        [new Recurrence(this, IsJoined, new Value($"{Layer}.memory", TensorType.Of((Cell.Gates.Count + 1) * Cell.Stride), this) { IsShared = true })];

    public override long MultiplyAdds => Weight.Count;

    public override IReadOnlyList<StateSlot> States => IsReverse ? [] : CellState is null
        ? [new($"{Layer}.hidden", Output, 1, IsRing: false)]
        : [new($"{Layer}.hidden", Output, 1, IsRing: false), new($"{Layer}.cell", CellState, 1, IsRing: false)];

    public override void Differentiate(Backward backward, Value gradient)
    {
        var step = new RecurrenceGradient(this, gradient, backward.Transpose(Weight));
        backward.Accumulate(Inputs[0], backward.Add(step));
        if (Weight.Trainable)
        {
            var before = backward.Add(IsReverse ? new DelayGradient(Layer, Output, 1) : new Delay(Layer, Output, 1));
            backward.Add(new WeightGradient(Layer, Weight, before, step.OfProducts));
        }

        if (Bias is { Trainable: true })
            backward.Add(new SumGradient(Layer, Bias, [step.OfProducts], step.OfProducts.Type) { FollowsLastAxis = true });
    }
}
