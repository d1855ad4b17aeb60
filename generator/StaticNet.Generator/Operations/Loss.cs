using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A loss: adds each sample's loss to the sample's total and makes the gradient of what it takes.</summary>
/// <param name="spec">The loss as declared.</param>
/// <param name="number">Its number among the losses, from 1.</param>
/// <param name="input">What it takes.</param>
/// <param name="targetOffset">Where its targets start in a sample's targets.</param>
/// <param name="centers">The centres of the classes, where it has them.</param>
internal sealed class Loss(LossSpec spec, int number, Value input, int targetOffset, Parameter? centers) : Operation(LayerOf(number), [input], input.Type)
{
    /// <summary>The centres of the classes, where it has them.</summary>
    public Parameter? Centers { get; } = centers;

    public override IEnumerable<Parameter> Parameters => Centers is null ? [] : [Centers];

    /// <summary>What a loss is called where a layer has its name.</summary>
    public static string LayerOf(int number) => "loss" + Literal.Of(number);

    public LossSpec Spec { get; } = spec;

    public int Number { get; } = number;

    public int TargetOffset { get; } = targetOffset;

    /// <summary>The targets of all losses of a sample.</summary>
    public int TargetStride { get; set; }

    public override string Verb => "Gradient";

    public override void Differentiate(Backward backward, Value gradient) => throw new InvalidOperationException("A loss starts the backward pass.");
}
