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

    /// <summary>
    /// Whether the reset gate multiplies the candidate's product with the hidden state, as in PyTorch, in Keras by default and in ONNX with
    /// <c>linear_before_reset = 1</c>; otherwise it multiplies the hidden state before the product (Cho et al., 2014), and the candidate's weight is a
    /// parameter of its own, <c>weight_hn</c> [units, units]. Default: true.
    /// </summary>
    public bool ResetAfter { get; set; } = Defaults.ResetAfter;
}
