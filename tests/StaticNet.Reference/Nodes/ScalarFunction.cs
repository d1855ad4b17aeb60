namespace StaticNet.Reference.Nodes;

/// <summary>An activation of one number, its derivative, and the points where that jumps or bends.</summary>
/// <param name="Activation">Which.</param>
/// <param name="Alpha">α; NaN means the function's default.</param>
internal sealed record ScalarFunction(Activation Activation, double Alpha)
{
    private const double SeluLambda = 1.0507009873554804934193349852946;
    private const double SeluAlpha = 1.6732632423543772848170429916717;

    /// <summary>The inputs near which a difference quotient must not be taken.</summary>
    public double[] Kinks => Activation switch
    {
        Activation.Step or Activation.ReLU or Activation.LeakyReLU => [0],
        Activation.ELU or Activation.SELU or Activation.Softsign => [0],
        Activation.HardSigmoid or Activation.HardSwish => [-3, 3],
        Activation.HardTanh => [-1, 1],
        Activation.ReLU6 => [0, 6],
        Activation.Abs or Activation.Sign or Activation.Log or Activation.Sqrt or Activation.Reciprocal => [0],
        _ => [],
    };

    /// <summary>The function at x.</summary>
    public double Value(double x) => Activation switch
    {
        Activation.Identity => x,
        Activation.Step => x > 0 ? 1 : 0,
        Activation.Sigmoid => Sigmoid(x),
        Activation.Tanh => Math.Tanh(x),
        Activation.ReLU => x > 0 ? x : 0,
        Activation.LeakyReLU => x > 0 ? x : AlphaOr(0.01) * x,
        Activation.ELU => x > 0 ? x : AlphaOr(1) * ExpMinusOne(x),
        Activation.SELU => SeluLambda * (x > 0 ? x : SeluAlpha * ExpMinusOne(x)),
        Activation.Softplus => Softplus(x),
        Activation.Softsign => x / (1 + Math.Abs(x)),
        Activation.GELU => x * NormalDistribution(x),
        Activation.GELUTanh => 0.5 * x * (1 + Math.Tanh(GeluInner(x))),
        Activation.SiLU => x * Sigmoid(x),
        Activation.HardSigmoid => HardSigmoid(x),
        Activation.HardSwish => x * HardSigmoid(x),
        Activation.LeCunTanh => 1.7159 * Math.Tanh(2 * x / 3),
        Activation.Mish => x * Math.Tanh(Softplus(x)),
        Activation.HardTanh => x < -1 ? -1 : x > 1 ? 1 : x,
        Activation.ReLU6 => x < 0 ? 0 : x > 6 ? 6 : x,
        Activation.LogSigmoid => -Softplus(-x),
        Activation.Exp => Math.Exp(x),
        Activation.Log => Math.Log(x),
        Activation.Sqrt => Math.Sqrt(x),
        Activation.Square => x * x,
        Activation.Reciprocal => 1 / x,
        Activation.Abs => Math.Abs(x),
        Activation.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        Activation.Negate => -x,
        Activation.Sin => Math.Sin(x),
        Activation.Cos => Math.Cos(x),
        Activation.TanhShrink => x - Math.Tanh(x),
        _ => throw new ArgumentException($"{Activation} is no function of one number."),
    };

    /// <summary>The derivative at x.</summary>
    public double Derivative(double x) => Activation switch
    {
        Activation.Identity => 1,
        Activation.Step => 0,
        Activation.Sigmoid => Sigmoid(x) * Sigmoid(-x),
        Activation.Tanh => 1 - (Math.Tanh(x) * Math.Tanh(x)),
        Activation.ReLU => x > 0 ? 1 : 0,
        Activation.LeakyReLU => x > 0 ? 1 : AlphaOr(0.01),
        Activation.ELU => x > 0 ? 1 : AlphaOr(1) * Math.Exp(x),
        Activation.SELU => SeluLambda * (x > 0 ? 1 : SeluAlpha * Math.Exp(x)),
        Activation.Softplus => Sigmoid(x),
        Activation.Softsign => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x))),
        Activation.GELU => NormalDistribution(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)),
        Activation.GELUTanh => GeluTanhDerivative(x),
        Activation.SiLU => Sigmoid(x) + (x * Sigmoid(x) * Sigmoid(-x)),
        Activation.HardSigmoid => x is > -3 and < 3 ? 1.0 / 6 : 0,
        Activation.HardSwish => x <= -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5,
        Activation.LeCunTanh => 1.7159 * 2 / 3 * (1 - (Math.Tanh(2 * x / 3) * Math.Tanh(2 * x / 3))),
        Activation.Mish => Math.Tanh(Softplus(x)) + (x * Sigmoid(x) / Math.Pow(Math.Cosh(Math.Min(Softplus(x), 300)), 2)),
        Activation.HardTanh => x is > -1 and < 1 ? 1 : 0,
        Activation.ReLU6 => x is > 0 and < 6 ? 1 : 0,
        Activation.LogSigmoid => Sigmoid(-x),
        Activation.Exp => Math.Exp(x),
        Activation.Log => 1 / x,
        Activation.Sqrt => 0.5 / Math.Sqrt(x),
        Activation.Square => 2 * x,
        Activation.Reciprocal => -1 / (x * x),
        Activation.Abs => double.IsNaN(x) ? x : Math.Sign(x),
        Activation.Sign => 0,
        Activation.Negate => -1,
        Activation.Sin => Math.Cos(x),
        Activation.Cos => -Math.Sin(x),
        Activation.TanhShrink => Math.Tanh(x) * Math.Tanh(x),
        _ => throw new ArgumentException($"{Activation} is no function of one number."),
    };

    /// <summary>1 / (1 + e^−x), without overflow.</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>log(1 + e^x), without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    private double AlphaOr(double value) => double.IsNaN(Alpha) ? value : Alpha;

    private static double HardSigmoid(double x) => Math.Min(Math.Max((x / 6) + 0.5, 0), 1);

    private static double NormalDistribution(double x) => 0.5 * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)));

    private static double GeluInner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double GeluTanhDerivative(double x)
    {
        var tanh = Math.Tanh(GeluInner(x));
        var inner = Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x));
        return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * inner);
    }

    // Through tanh, which is accurate near zero: e^x − 1 = 2t / (1 − t), t = tanh(x/2).
    private static double ExpMinusOne(double x)
    {
        var half = Math.Tanh(x / 2);
        return x < -1 ? Math.Exp(x) - 1 : 2 * half / (1 - half);
    }

    // log(1 + y) = 2 artanh(y / (2 + y)), which does not lose small y.
    private static double LogOnePlus(double y) => 2 * Math.Atanh(y / (2 + y));
}
