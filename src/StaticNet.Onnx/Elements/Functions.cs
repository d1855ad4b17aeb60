using StaticNet.Onnx.Folding;

namespace StaticNet.Onnx.Elements;

/// <summary>The functions of expressions in double precision, by their names.</summary>
internal static class Functions
{
    /// <summary>The function of a name that StaticNet's expressions know.</summary>
    public static Func<double, double> Of(string name) => name switch
    {
        "abs" => Math.Abs,
        "ceiling" => Math.Ceiling,
        "cos" => Math.Cos,
        "erf" => ErrorFunction.Of,
        "exp" => Math.Exp,
        "floor" => Math.Floor,
        "log" => Math.Log,
        "reciprocal" => x => 1 / x,
        "relu" => x => Math.Max(x, 0),
        "round" => x => Math.Round(x, MidpointRounding.ToEven),
        "sigmoid" => Sigmoid,
        "sign" => x => double.IsNaN(x) ? x : Math.Sign(x),
        "sin" => Math.Sin,
        "softplus" => Softplus,
        "softsign" => x => x / (1 + Math.Abs(x)),
        "sqrt" => Math.Sqrt,
        "tanh" => Math.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
