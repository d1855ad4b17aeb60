using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Operations;

/// <summary>A loss: adds each sample's loss to the sample's total and makes the gradient of what it takes.</summary>
/// <param name="spec">The loss as declared.</param>
/// <param name="number">Its number among the losses, from 1.</param>
/// <param name="input">What it takes.</param>
/// <param name="targetOffset">Where its targets start in a sample's targets.</param>
internal sealed class Loss(LossSpec spec, int number, Value input, int targetOffset) : Operation("loss" + number, [input], input.Type)
{
    public LossSpec Spec { get; } = spec;

    public int Number { get; } = number;

    public int TargetOffset { get; } = targetOffset;

    /// <summary>The targets of all losses of a sample.</summary>
    public int TargetStride { get; set; }

    public override string Verb => "Gradient";

    public override void Differentiate(Backward backward, Value gradient) => throw new InvalidOperationException("A loss starts the backward pass.");
}
