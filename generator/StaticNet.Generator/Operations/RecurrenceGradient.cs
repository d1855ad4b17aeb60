using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The gradient of a recurrent layer's sums: from the last step back, what comes from the step's output and, through the products with
/// the hidden state, from the step after it.
/// </summary>
internal sealed class RecurrenceGradient : Operation
{
    /// <param name="forward">The recurrence.</param>
    /// <param name="gradient">The gradient of its output.</param>
    /// <param name="transposed">The weight of the hidden state with inputs and outputs exchanged.</param>
    /// <param name="candidate">The same of the candidate's own weight, or null.</param>
    /// <param name="projection">The same of the weight that makes the hidden state, or null.</param>
    public RecurrenceGradient(Recurrence forward, Value gradient, TransposedWeight transposed, TransposedWeight? candidate, TransposedWeight? projection)
        : base(forward.Layer, [gradient, .. forward.ReadByGradient, transposed.Output, .. candidate is null ? Array.Empty<Value>() : [candidate.Output], .. projection is null ? Array.Empty<Value>() : [projection.Output], .. forward.Mask is null ? Array.Empty<Value>() : [forward.Mask], .. forward.Scale is null ? Array.Empty<Value>() : [forward.Scale]], TensorType.Of(forward.Cell.Width))
    {
        Forward = forward;
        Transposed = transposed.Output;
        TransposedCandidate = candidate?.Output;
        TransposedProjection = projection?.Output;
        OfProducts = forward.Product is not null ? Give("productGradient", Output.Type) : candidate is not null ? Give("gateGradient", TensorType.Of(forward.Cell.GatesOfHidden * forward.Cell.Stride)) : Output;
        OfScaled = forward.Scale is null ? OfProducts : Give("scaledGradient", OfProducts.Type);
        OfPeepholes = forward.Weights.Peephole is { Trainable: true } ? Give("peepholeGradient", TensorType.Of(RecurrentCell.PeepholeGates.Count * forward.Cell.Stride)) : null;
        OfCandidate = candidate is null ? null : Give("candidateGradient", TensorType.Of(forward.Cell.Units));
        OfHidden = projection is null ? null : Give("hiddenGradient", forward.Output.Type);
        OfInitialHidden = forward.Weights.InitialHidden is { Trainable: true } ? Give("initialHidden", forward.Output.Type, steps: 1) : null;
        OfInitialCell = forward.Weights.InitialCell is { Trainable: true } ? Give("initialCell", forward.CellState!.Type, steps: 1) : null;
        Scratch = new Value($"{Layer}.carried", TensorType.Of(3, forward.Cell.Units), this);
    }

    public Recurrence Forward { get; }

    /// <summary>The steps of a window, beyond which no gradient is carried; 0: all steps are one.</summary>
    public int TimeSteps { get; init; }

    /// <summary>The weight of the hidden state with inputs and outputs exchanged.</summary>
    public Value Transposed { get; }

    /// <summary>The same of the candidate's own weight, or null.</summary>
    public Value? TransposedCandidate { get; }

    /// <summary>The same of the weight that makes the hidden state, or null.</summary>
    public Value? TransposedProjection { get; }

    /// <summary>
    /// The gradient of the products with the hidden state: that of the sums, unless the reset gate multiplies the products, or the candidate
    /// has a weight of its own.
    /// </summary>
    public Value OfProducts { get; }

    /// <summary>The same of the products as the weight gives them, before they are scaled where it is normalised.</summary>
    public Value OfScaled { get; }

    /// <summary>The gradient of the candidate's sum, where the candidate has a weight of its own.</summary>
    public Value? OfCandidate { get; }

    /// <summary>The gradient of the hidden state, from the step's output and from the step after it, where that is a product of the cell's output; otherwise null.</summary>
    public Value? OfHidden { get; }

    /// <summary>The gradient of what has the bias of the products.</summary>
    public Value OfBias => OfCandidate is null ? OfProducts : Output;

    /// <summary>The gradients of the gates that look at the cell state, times what they see of it; null where they do not.</summary>
    public Value? OfPeepholes { get; }

    /// <summary>The gradient of the hidden state before the first step, where that trains; otherwise null.</summary>
    public Value? OfInitialHidden { get; }

    /// <summary>The gradient of the cell state before the first step, where that trains; otherwise null.</summary>
    public Value? OfInitialCell { get; }

    public override IEnumerable<Value> Reread => new[] { OfProducts == Output ? null : OfProducts, OfScaled == OfProducts ? null : OfScaled, OfCandidate, OfPeepholes, OfHidden, OfInitialHidden, OfInitialCell }.OfType<Value>();

    public override string Verb => Forward.Verb + "Gradient";
}
