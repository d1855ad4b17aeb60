using StaticNet.Generator.Vocabulary;
using static StaticNet.Generator.Operations.ElementaryFunctions;
using static StaticNet.Generator.Operations.Expression;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The activations of single elements, one entry each: the name in prose, the default α, which weights suit it, and the function as a
/// tree. The derivative follows from the tree; it is written out where the output alone tells it, so that the input need not be kept.
/// </summary>
internal static class ActivationFunctions
{
    private const float SeluScale = 1.05070098735548f;
    private const float SeluAlpha = 1.67326324235438f;

    /// <summary>The height and the slope inside of LeCun's tanh, which together make it 1 at 1.</summary>
    private const float LeCunHeight = 1.7159f;
    private const float LeCunSlope = 2f / 3;

    private static readonly Expression X = ElementFunctions.X;
    private static readonly Expression D = Derivation.Gradient;
    private static readonly Expression Y = Derivation.Output;

    /// <summary>The entries.</summary>
    public static IReadOnlyDictionary<Activation, ActivationEntry> All { get; } = new Dictionary<Activation, ActivationEntry>
    {
        [Activation.Step] = new("step", _ => IfGreater(X, Zero, One, Zero)),
        [Activation.Sigmoid] = new("sigmoid", _ => Sigmoid(X)),
        [Activation.Tanh] = new("tanh", _ => Tanh(X)),
        [Activation.LeCunTanh] = new("LeCun tanh", _ => LeCunHeight * Tanh(X * LeCunSlope))
        {
            Gradient = _ => D * ((Y * Y * (-LeCunSlope / LeCunHeight)) + (LeCunSlope * LeCunHeight)),
        },
        [Activation.ReLU] = new("ReLU", _ => AtLeast(X, Zero)) { Initializer = Initializer.HeUniform, Gradient = _ => IfGreater(Y, Zero, D, Zero) },
        // A negative slope's output changes sign, so only the input tells the two sides apart.
        [Activation.LeakyReLU] = new("leaky ReLU", alpha => (alpha * AtMost(X, Zero)) + AtLeast(X, Zero))
        {
            Alpha = 0.01f,
            Initializer = Initializer.HeUniform,
            Gradient = alpha => IfGreater(alpha >= 0 ? Y : X, Zero, D, D * alpha),
        },
        [Activation.ELU] = new("ELU", alpha => Elu(1, alpha)) { Initializer = Initializer.HeUniform, Gradient = alpha => EluGradient(1, alpha) },
        [Activation.SELU] = new("SELU", _ => Elu(SeluScale, SeluScale * SeluAlpha))
        {
            Initializer = Initializer.LeCunNormal,
            Gradient = _ => EluGradient(SeluScale, SeluScale * SeluAlpha),
        },
        [Activation.Softplus] = new("softplus", _ => Apply("softplus", X)),
        [Activation.Softsign] = new("softsign", _ => X / (1f + Abs(X))) { Gradient = _ => D * (1f - Abs(Y)) * (1f - Abs(Y)) },
        [Activation.GELU] = new("GELU", _ => Apply("gelu", X)) { Initializer = Initializer.HeUniform },
        [Activation.GELUTanh] = new("GELU (tanh)", _ => Apply("gelu_tanh", X)) { Initializer = Initializer.HeUniform },
        [Activation.SiLU] = new("SiLU", _ => Apply("silu", X)) { Initializer = Initializer.HeUniform },
        [Activation.HardSigmoid] = new("hard sigmoid", _ => HardSigmoid) { Gradient = _ => IfGreater(Y, Zero, IfLess(Y, One, D * (1f / 6), Zero), Zero) },
        [Activation.HardSwish] = new("hard swish", _ => X * HardSigmoid)
        {
            Initializer = Initializer.HeUniform,
            Gradient = _ => D * IfLess(Abs(X), 3, (X * (1f / 3)) + 0.5f, IfGreater(X, Zero, One, Zero)),
        },
        [Activation.Mish] = new("Mish", _ => Mish) { Initializer = Initializer.HeUniform, Gradient = _ => D * MishDerivative },
        [Activation.HardTanh] = new("hard tanh", _ => AtMost(AtLeast(X, -1), One)) { Gradient = _ => IfLess(Abs(Y), One, D, Zero) },
        [Activation.ReLU6] = new("ReLU6", _ => AtMost(AtLeast(X, Zero), 6))
        {
            Initializer = Initializer.HeUniform,
            Gradient = _ => IfGreater(Y, Zero, IfLess(Y, 6, D, Zero), Zero),
        },
        [Activation.LogSigmoid] = new("log-sigmoid", _ => Apply("logsigmoid", X)),
        [Activation.Exp] = new("exponential", _ => Exp(X)),
        [Activation.Log] = new("logarithm", _ => Log(X)),
        [Activation.Sqrt] = new("square root", _ => Sqrt(X)),
        [Activation.Square] = new("square", _ => X * X),
        [Activation.Reciprocal] = new("reciprocal", _ => 1f / X) { Gradient = _ => -D * Y * Y },
        [Activation.Abs] = new("absolute value", _ => Abs(X)),
        [Activation.Sign] = new("sign", _ => Sign(X)),
        [Activation.Negate] = new("negation", _ => -X),
        [Activation.Sin] = new("sine", _ => Apply("sin", X)),
        [Activation.Cos] = new("cosine", _ => Apply("cos", X)),
        [Activation.TanhShrink] = new("tanhshrink", _ => X - Tanh(X)) { Gradient = _ => D * (Tanh(X) * Tanh(X)) },
    };

    // tanh(log(1 + e^x)) = n / (n + 2) with n = e^x·(e^x + 2). Above 20 the quotient is 1, and below −88 the function comes out as zero.
    private static Expression MishExp => Exp(AtMost(X, 20));

    private static Expression MishNumerator => MishExp * (MishExp + 2f);

    private static Expression Mish => AtLeast(X, -100) * (MishNumerator / (MishNumerator + 2f));

    // n / (n + 2) + x · 4·e^x·(e^x + 1) / (n + 2)².
    private static Expression MishDerivative
    {
        get
        {
            var (e, n) = (MishExp, MishNumerator);
            return (n + (AtMost(AtLeast(X, -100), 100) * 4f * e * ((e + 1f) / (n + 2f)))) / (n + 2f);
        }
    }

    private static Expression HardSigmoid => AtMost(AtLeast((X * (1f / 6)) + 0.5f, Zero), One);

    /// <summary>The function of an activation.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="alpha">α; NaN: the function's own default.</param>
    public static ElementFunction Of(Activation kind, float alpha) => All[kind].Function(alpha);

    private static Expression Elu(float scale, float alpha) => IfGreater(X, Zero, X * scale, alpha * ExpM1(AtMost(X, Zero)));

    private static Expression EluGradient(float scale, float alpha) => D * IfGreater(X, Zero, scale, alpha * Exp(AtMost(X, Zero)));
}
