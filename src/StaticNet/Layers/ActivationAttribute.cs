namespace StaticNet;

/// <summary>
/// An activation as a layer of its own: its output has the shape of its input. Parameter: <c>slope</c> with PReLU.
/// </summary>
public sealed class ActivationAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="function">The function.</param>
    public ActivationAttribute(Activation function) => Function = function;

    /// <summary>The function.</summary>
    public Activation Function { get; }

    /// <summary>The function's α. Default: NaN, which means the function's own default.</summary>
    public float Alpha { get; set; } = Defaults.Own;

    /// <summary>With PReLU: one slope for the whole layer instead of one a channel (the first axis). Default: false.</summary>
    public bool SharedSlope { get; set; }

    /// <summary>With PReLU: false freezes the slope. Default: true.</summary>
    public bool Trainable { get; set; } = Defaults.Trainable;
}
