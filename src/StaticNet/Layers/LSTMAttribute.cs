namespace StaticNet;

/// <summary>
/// Long short-term memory. With the gates i, f and o, each σ(Wx + Uh + b), and g = tanh(W<sub>g</sub>x + U<sub>g</sub>h + b), the new cell state is
/// c′ = f ⊙ c + i ⊙ g and the new hidden state o ⊙ tanh(c′), or a product of that with a weight (<see cref="Projection"/>). Hochreiter and Schmidhuber, 1997; Gers et al., 2000.
/// </summary>
/// <remarks>The gates are in PyTorch's order, i, f, g, o.</remarks>
public sealed class LSTMAttribute : GatedLayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="units">The elements of the cell state and, without a <see cref="Projection"/>, of the hidden state, 1 to 65,536.</param>
    public LSTMAttribute(int units)
        : base(units, recurrentBias: false)
    {
    }

    /// <summary>The initial value of the forget gate's bias, added to <see cref="ParametricLayerAttribute.BiasValue"/>. Default:
    /// 1. Jozefowicz et al., 2015.</summary>
    public float ForgetBias { get; set; } = Defaults.ForgetBias;

    /// <summary>
    /// Whether the gates also look at the cell state, each unit's at its own: those of the input and of forgetting at the state before the step, that
    /// of the output at the state after it. The weights are a parameter, <c>peephole</c> [3 · units], in the order input, forget, output, and start
    /// at zero. Default: false. Gers and Schmidhuber, 2000.
    /// </summary>
    public bool Peepholes { get; set; }

    /// <summary>
    /// The elements of the hidden state where that is a product, h = W<sub>hr</sub>(o ⊙ tanh(c′)), 1 or more and fewer than the units. Below
    /// four fifths of them, the states have fewer weights and multiply-adds. The weight is a parameter, <c>weight_hr</c> [projection, units];
    /// <c>weight_hh</c> is [4 · units, projection], and the output has <c>projection</c> elements, a bidirectional one twice as many. <c>weight_hr</c> is
    /// initialised as the layer's weight is, and <see cref="RecurrentLayerAttribute.WeightNorm"/> leaves it as it is. Default: 0, no
    /// projection. Sak et al., 2014; PyTorch's <c>proj_size</c>.
    /// </summary>
    public int Projection { get; set; }
}
