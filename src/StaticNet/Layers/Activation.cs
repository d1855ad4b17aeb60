namespace StaticNet;

/// <summary>
/// An activation function. All work element by element, except <see cref="Softmax"/> and <see cref="LogSoftmax"/>, which work
/// over the last axis. α is <c>ActivationAlpha</c> of a layer, or <c>Alpha</c> of an <see cref="ActivationAttribute"/>.
/// </summary>
public enum Activation
{
    /// <summary>x</summary>
    Identity,

    /// <summary>1 where x &gt; 0, else 0; step(0) = 0. Not for networks that train.</summary>
    Step,

    /// <summary>1 / (1 + e^−x)</summary>
    Sigmoid,

    /// <summary>(e^x − e^−x) / (e^x + e^−x)</summary>
    Tanh,

    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    ReLU,

    /// <summary>x where x &gt; 0, else αx; α is 0.01 by default.</summary>
    LeakyReLU,

    /// <summary>
    /// x where x &gt; 0, else ax with a learned slope a: one per channel (the first axis), or one for the layer
    /// (<c>SharedSlope</c>). α is the initial slope, 0.25 by default. He et al., 2015.
    /// </summary>
    PReLU,

    /// <summary>x where x &gt; 0, else α(e^x − 1); α is 1 by default. Clevert et al., 2015.</summary>
    ELU,

    /// <summary>λx where x &gt; 0, else λα(e^x − 1); λ = 1.0507…, α = 1.6732…, both fixed. Klambauer et al., 2017.</summary>
    SELU,

    /// <summary>log(1 + e^x)</summary>
    Softplus,

    /// <summary>x / (1 + |x|)</summary>
    Softsign,

    /// <summary>xΦ(x), where Φ is the normal distribution function, computed with erf. Hendrycks and Gimpel, 2016.</summary>
    GELU,

    /// <summary>½x(1 + tanh(√(2/π)(x + 0.044715x³))), an approximation of GELU.</summary>
    GELUTanh,

    /// <summary>x / (1 + e^−x), also called swish.</summary>
    SiLU,

    /// <summary>min(max(x/6 + ½, 0), 1)</summary>
    HardSigmoid,

    /// <summary>x · min(max(x/6 + ½, 0), 1)</summary>
    HardSwish,

    /// <summary>e^x / Σe^x over the last axis.</summary>
    Softmax,

    /// <summary>x − log Σe^x over the last axis.</summary>
    LogSoftmax,

    /// <summary>1.7159 · tanh(2x/3), which is 1 at 1 and −1 at −1. LeCun et al., 1998.</summary>
    LeCunTanh,

    /// <summary>x · tanh(log(1 + e^x)). Misra, 2019.</summary>
    Mish,

    /// <summary>min(max(x, −1), 1); the derivative at ±1 is 0. See <see cref="ClipAttribute"/> for other bounds.</summary>
    HardTanh,

    /// <summary>min(max(x, 0), 6); the derivative at 0 and 6 is 0.</summary>
    ReLU6,

    /// <summary>log(1 / (1 + e^−x))</summary>
    LogSigmoid,

    /// <summary>e^x</summary>
    Exp,

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    Log,

    /// <summary>√x; NaN below 0. The derivative at 0 is infinite.</summary>
    Sqrt,

    /// <summary>x²</summary>
    Square,

    /// <summary>1 / x</summary>
    Reciprocal,

    /// <summary>|x|; the derivative at 0 is 0.</summary>
    Abs,

    /// <summary>1 above 0, −1 below, 0 at 0; the derivative is 0 everywhere.</summary>
    Sign,

    /// <summary>−x</summary>
    Negate,

    /// <summary>The sine of x in radians.</summary>
    Sin,

    /// <summary>The cosine of x in radians.</summary>
    Cos,

    /// <summary>x − tanh x</summary>
    TanhShrink,
}
