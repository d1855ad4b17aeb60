namespace StaticNet;

/// <summary>
/// An activation as a separate layer: its output has the shape of its input. Parameter: <c>slope</c> with PReLU.
/// </summary>
public sealed class ActivationAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="function">The function.</param>
    public ActivationAttribute(Activation function) => Function = function;

    /// <summary>Declares the layer with a function of your own.</summary>
    /// <param name="expression">An expression over <c>x</c>, such as <c>"x * tanh(softplus(x))"</c>: numbers, <c>pi</c>,
    /// <c>alpha</c> (<see cref="Alpha"/>), + − * /, brackets, <c>a &gt; b ? c : d</c>, <c>min</c>, <c>max</c>, <c>clip(x, low,
    /// high)</c>, <c>pow(x, 3)</c> and the activations by their names in lower case. Its derivative is derived automatically. See
    /// docs/layers.md.
    /// </param>
    public ActivationAttribute(string expression) => Expression = expression;

    /// <summary>The function.</summary>
    public Activation Function { get; }

    /// <summary>The expression of a function of your own, or null.</summary>
    public string? Expression { get; }

    /// <summary>The function's α. Default: NaN, which means the function's own default.</summary>
    public float Alpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one per channel (the first axis). Default: false.</summary>
    public bool SharedSlope { get; set; }

    /// <summary>With PReLU: false freezes the slope. Default: true.</summary>
    public bool Trainable { get; set; } = Defaults.Trainable;
}
