using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>A function applied element by element to one or more values of one shape, with a learned slope for PReLU.</summary>
internal class Elementwise(string layer, ElementFunction function, IReadOnlyList<Value> inputs, Parameter? slope = null, string verb = "Activation")
    : Operation(layer, inputs, inputs[0].Type)
{
    public ElementFunction Function { get; } = function;

    /// <summary>The activation that it is, where it is one.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The learned slope: one a channel (the first axis), or one for all.</summary>
    public Parameter? Slope { get; } = slope;

    /// <summary>What the function takes behind the values: vectors that follow the channel, or one number for all.</summary>
    public virtual IReadOnlyList<LaneOperand> LaneOperands => Slope is null ? [] : [new LaneOperand(Slope)];

    /// <summary>Whether the vectors follow the last axis: where the channels stand last, or what they belong to does.</summary>
    public virtual bool LanesFollowLastAxis => Output.Type.ChannelsAreLanes;

    /// <summary>The values that it takes element by element.</summary>
    public IEnumerable<Value> ElementInputs => Inputs.Where(input => !input.IsShared);

    public override string Verb => verb;

    public override IEnumerable<Parameter> Parameters => Slope is null ? [] : [Slope];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (Slope is not null && Slope.Trainable)
            backward.Add(new SumGradient(Layer, Slope, [gradient, Inputs[0]], Inputs[0].Type, ElementFunctions.SlopeGradient));

        for (var index = 0; index < Inputs.Count; index++)
        {
            if (!backward.Wants(Inputs[index]))
                continue;
            var rule = Function.Gradient(index);
            backward.Accumulate(Inputs[index], rule.Function is null
                ? gradient
                : backward.Add(new Elementwise(Layer, rule.Function, [gradient, .. rule.Operands.Select(Operand)], Slope, verb + "Gradient")));
        }
    }

    private Value Operand(int operand) => operand == GradientRule.Output ? Output : Inputs[operand];
}
