namespace StaticNet;

/// <summary>
/// A gated recurrent unit. With r = σ(W<sub>r</sub>x + U<sub>r</sub>h + b), z = σ(W<sub>z</sub>x + U<sub>z</sub>h + b) and
/// n = tanh(W<sub>n</sub>x + b + r ⊙ (U<sub>n</sub>h + b′)), the new state is z ⊙ h + (1 − z) ⊙ n. Cho et al., 2014.
/// </summary>
/// <remarks>
/// The gates are in the order r, z, n. This is PyTorch's <c>GRU</c>, Keras's with <c>reset_after</c> (its default) and ONNX's
/// with <c>linear_before_reset</c>.
/// </remarks>
public sealed class GRUAttribute : GatedLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">The elements of the hidden state, 1 to 65,536.</param>
    public GRUAttribute(int units)
        : base(units, recurrentBias: Defaults.GruRecurrentBias)
    {
    }
}
