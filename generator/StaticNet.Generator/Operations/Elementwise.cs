using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A function applied element by element to one or more values of one shape, and to vectors by channel.</summary>
/// <param name="layer">The layer.</param>
/// <param name="function">The function: of the values, then of the vectors.</param>
/// <param name="inputs">The values.</param>
/// <param name="lanes">The vectors; null: none.</param>
/// <param name="verb">The end of the method's name.</param>
internal class Elementwise(string layer, ElementFunction function, IReadOnlyList<Value> inputs, IReadOnlyList<LaneOperand>? lanes = null, string verb = "Activation")
    : Operation(layer, inputs, inputs[0].Type)
{
    private Lazy<double[]?>? _padding;

    public ElementFunction Function { get; } = function;

    /// <summary>The activation that it is, where it is one.</summary>
    public Activation? Activation { get; init; }

    /// <summary>What the function takes after the values: vectors that follow the channel, or one number for all.</summary>
    public virtual IReadOnlyList<LaneOperand> LaneOperands { get; } = lanes ?? [];

    /// <summary>Whether the vectors follow the last axis: where the channels are last, or what they belong to does.</summary>
    public virtual bool LanesFollowLastAxis => Output.Type.ChannelsAreLanes;

    /// <summary>The values that it takes element by element.</summary>
    public IEnumerable<Value> ElementInputs => Inputs.Where(input => !input.IsShared);

    public override double[] PaddingOfRows => NaturalPadding ?? Padding.Zero;

    /// <summary>Whether the padding of its output's rows is written as zeros, since the function would make something of it that is not finite.</summary>
    public bool CleansPadding => Output.Type.Last % Lanes.Panel != 0 && NaturalPadding is null;

    private double[]? NaturalPadding => (_padding ??= new Lazy<double[]?>(() => Padding.Of(Function, ElementInputs, LaneOperands, LanesFollowLastAxis))).Value;

    public override TailUse Tail => TailUse.Elements;

    public override string Verb => verb;

    public override IEnumerable<Parameter> Parameters => LaneOperands.Select(lanes => lanes.Parameter).OfType<Parameter>();

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (NormalizationOf(gradient) is { } norm)
        {
            if (backward.Wants(norm.Output))
                backward.Accumulate(norm.Output, backward.Add(new Elementwise(Layer, ElementFunctions.NormalizedReLUGradient, [gradient, .. norm.Inputs], norm.LaneOperands, verb + "Gradient")));
            return;
        }

        for (var index = 0; index < Inputs.Count; index++)
        {
            if (!backward.Wants(Inputs[index]))
                continue;
            var rule = Function.Gradient(index, Inputs.Count);
            backward.Accumulate(Inputs[index], rule.Function is null
                ? gradient
                : backward.Add(new Elementwise(Layer, rule.Function, [gradient, .. rule.Operands.Select(Operand)], [.. rule.Lanes.Select(lane => LaneOperands[lane])], verb + "Gradient")));
        }
    }

    /// <summary>
    /// The normalisation whose result a ReLU takes, where the gradient can ask it which elements are above zero: where a loop that
    /// knows the channels applies the gradient. What was normalised is read next by the sums of the normalisation's gradient, the
    /// ReLU's output by nobody.
    /// </summary>
    private BatchNormalization? NormalizationOf(Value gradient) =>
        Activation is Vocabulary.Activation.ReLU && Inputs[0].Type.ChannelsAreLanes && gradient.Producer is { Tail: TailUse.Rows } ? Inputs[0].Producer as BatchNormalization : null;

    private Value Operand(int operand) => operand == GradientRule.Output ? Output : Inputs[operand];
}
