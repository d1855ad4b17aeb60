namespace StaticNet.Generator.Operations;

/// <summary>The value that many steps earlier, zeros before the first step.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">The value.</param>
/// <param name="steps">The steps, 1 or more.</param>
internal sealed class Delay(string layer, Value input, int steps) : Operation(layer, [input], input.Type)
{
    public int Steps { get; } = steps;

    /// <summary>What the steps are that come from no other; null: zeros.</summary>
    public Parameter? Initial { get; init; }

    public override IEnumerable<Parameter> Parameters => Initial is null ? [] : [Initial];

    public override string Verb => "Delay";

    public override IReadOnlyList<StateSlot> States => [new(Layer, Output, Steps, IsRing: true)];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new DelayGradient(Layer, gradient, Steps)));
    }
}
