using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Operations;

/// <summary>A function applied element by element to one or more values of one shape, with a learned slope for PReLU.</summary>
internal class Elementwise(string layer, ElementFunction function, IReadOnlyList<Value> inputs, Parameter? slope = null, string verb = "Activation")
    : Operation(layer, inputs, inputs[0].Type)
{
    public ElementFunction Function { get; } = function;

    /// <summary>The activation that it is, where it is one.</summary>
    public ActivationKind? Activation { get; init; }

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

/// <summary>A vector that an element function takes: element i belongs to channel i, unless there is one element for all.</summary>
/// <param name="Parameter">The parameter that it is; or</param>
/// <param name="Vectors">the vectors of a batch that it is among,</param>
/// <param name="Row">as which one.</param>
internal readonly record struct LaneOperand(Parameter? Parameter, Value? Vectors = null, int Row = 0)
{
    /// <summary>Whether one number serves all elements.</summary>
    public bool IsUniform => Parameter is { Count: 1 };
}

/// <summary>How an element function is differentiated.</summary>
/// <param name="Function">Takes the gradient of the output and the operands; null: the gradient passes unchanged.</param>
/// <param name="Operands">What it takes besides: inputs by index, or <see cref="Output"/>.</param>
internal readonly record struct GradientRule(ElementFunction? Function, params int[] Operands)
{
    /// <summary>Stands for the function's own output.</summary>
    public const int Output = -1;
}

/// <summary>A function of single elements, as text over vectors.</summary>
/// <param name="Name">The name in comments.</param>
/// <param name="Write">Makes the expression from the syntax of the vectors and the operands, which are plain names.</param>
/// <param name="Gradient">The rule for the input of the index.</param>
/// <param name="IsHeavy">Whether it is too long to be written several times in one method.</param>
internal sealed record ElementFunction(
    string Name, Func<VectorSyntax, string[], string> Write, Func<int, GradientRule> Gradient, bool IsHeavy = false);
