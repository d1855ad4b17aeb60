namespace StaticNet.Generator.Operations;

/// <summary>The gradient of what a delay takes: that of the given number of steps later, zeros at the end.</summary>
/// <param name="layer">The layer's name.</param>
/// <param name="gradient">The gradient of what it gives.</param>
/// <param name="steps">The steps, 1 or more.</param>
internal sealed class DelayGradient(string layer, Value gradient, int steps) : Operation(layer, [gradient], gradient.Type)
{
    public int Steps { get; } = steps;

    /// <summary>What the steps are that come from no other; null: zeros.</summary>
    public Parameter? Initial { get; init; }

    public override IEnumerable<Parameter> Parameters => Initial is null ? [] : [Initial];

    public override string Verb => "DelayGradient";
}
