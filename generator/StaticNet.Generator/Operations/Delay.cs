namespace StaticNet.Generator.Operations;

/// <summary>The value that many steps earlier; before the first step zeros, or what is given.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="input">The value.</param>
/// <param name="steps">The steps, 1 or more.</param>
internal sealed class Delay(string layer, Value input, int steps) : Operation(layer, [input], input.Type)
{
    public int Steps { get; } = steps;

    /// <summary>What the steps are that come from no other; null: the <see cref="InitialValue"/>.</summary>
    public Parameter? Initial { get; init; }

    /// <summary>What every element of the steps is that come from no other.</summary>
    public float InitialValue { get; init; }

    public override IEnumerable<Parameter> Parameters => Initial is null ? [] : [Initial];

    public override string Verb => "Delay";

    public override IReadOnlyList<StateSlot> States => [new(Layer, Output, Steps, IsRing: true, InitialValue)];

    public override void Differentiate(Backward backward, Value gradient)
    {
        if (backward.Wants(Inputs[0]))
            backward.Accumulate(Inputs[0], backward.Add(new DelayGradient(Layer, gradient, Steps)));
    }
}
