using StaticNet.Generator.Text;

namespace StaticNet.Generator.Operations;

/// <summary>The functions of one element, a line each: what a user's expression calls them, their text and their derivative.</summary>
internal static class ElementaryFunctions
{
    /// <summary>What a call of FastMath costs: too much to repeat the code in one method.</summary>
    private const int CallCost = 20;

    private static readonly ElementaryFunction GeluDerivative = OfGradients("GeluDerivative");
    private static readonly ElementaryFunction GeluTanhDerivative = OfGradients("GeluTanhDerivative");
    private static readonly ElementaryFunction SiluDerivative = OfGradients("SiluDerivative");

    private static readonly ElementaryFunction[] All =
    [
        new("abs", (v, x) => $"{v.Type}.Abs({x})", 1, Math.Abs, x => Sign(x)),
        new("sqrt", (v, x) => $"{v.Type}.Sqrt({x})", 2, Math.Sqrt, x => 0.5f / Sqrt(x)),
        new("sign", (v, x) => v.Select(v.Greater(x, v.Zero), v.One, v.Select(v.Less(x, v.Zero), v.Constant(-1), x)), 4, SignOf, _ => 0f) { NamesTwice = true },
        new("floor", (v, x) => $"{v.Type}.Floor({x})", 1, Math.Floor, _ => 0f),
        new("ceiling", (v, x) => $"{v.Type}.Ceiling({x})", 1, Math.Ceiling, _ => 0f),
        new("round", (v, x) => $"{v.Type}.Round({x})", 1, x => Math.Round(x, MidpointRounding.ToEven), _ => 0f),
        Call("exp", "Exp", Math.Exp, x => Exp(x)),
        Call("expm1", "ExpM1", x => Math.Exp(x) - 1, x => Exp(x)),
        Call("log", "Log", Math.Log, x => 1f / x),
        Call("tanh", "Tanh", Math.Tanh, x => 1f - (Tanh(x) * Tanh(x))),
        Call("sigmoid", "Sigmoid", SigmoidOf, x => Sigmoid(x) - (Sigmoid(x) * Sigmoid(x))),
        Call("softplus", "Softplus", SoftplusOf, x => Sigmoid(x)),
        Call("logsigmoid", "LogSigmoid", x => -SoftplusOf(-x), x => Sigmoid(-x)),
        Call("erf", "Erf", _ => 0, x => 1.12837917f * Exp(-(x * x))),
        Call("gelu", "Gelu", x => Math.Max(x, 0), GeluDerivative.Of),
        Call("gelu_tanh", "GeluTanh", x => Math.Max(x, 0), GeluTanhDerivative.Of),
        Call("sin", "Sin", Math.Sin, x => Apply("cos", x)),
        Call("cos", "Cos", Math.Cos, x => -Apply("sin", x)),
        Call("silu", "Silu", x => x * SigmoidOf(x), SiluDerivative.Of),
    ];

    /// <summary>Those that a user's expression may call, by name.</summary>
    public static IReadOnlyDictionary<string, ElementaryFunction> ByName { get; } = All.ToDictionary(function => function.Name!, StringComparer.Ordinal);

    public static Expression Abs(Expression x) => Apply("abs", x);

    public static Expression Sqrt(Expression x) => Apply("sqrt", x);

    public static Expression Sign(Expression x) => Apply("sign", x);

    public static Expression Exp(Expression x) => Apply("exp", x);

    public static Expression ExpM1(Expression x) => Apply("expm1", x);

    public static Expression Log(Expression x) => Apply("log", x);

    public static Expression Tanh(Expression x) => Apply("tanh", x);

    public static Expression Sigmoid(Expression x) => Apply("sigmoid", x);

    /// <summary>The function by the name that a user's expression calls it.</summary>
    public static Expression Apply(string name, Expression x) => ByName[name].Of(x);

    /// <summary>The larger of an element and a bound, in one instruction.</summary>
    public static Expression AtLeast(Expression x, Expression bound) => new Binary(BinaryKind.AtLeast, x, bound);

    /// <summary>The smaller of an element and a bound, in one instruction.</summary>
    public static Expression AtMost(Expression x, Expression bound) => new Binary(BinaryKind.AtMost, x, bound);

    public static Expression Maximum(Expression a, Expression b) => new Binary(BinaryKind.Maximum, a, b);

    public static Expression Minimum(Expression a, Expression b) => new Binary(BinaryKind.Minimum, a, b);

    public static Expression IfGreater(Expression a, Expression b, Expression then, Expression otherwise) => Select.Of(ComparisonKind.Greater, a, b, then, otherwise);

    public static Expression IfLess(Expression a, Expression b, Expression then, Expression otherwise) => Select.Of(ComparisonKind.Less, a, b, then, otherwise);

    private static ElementaryFunction Call(string name, string method, Func<double, double> value, Func<Expression, Expression> derivative) =>
        new(name, (_, x) => VectorSyntax.Call(method, x), CallCost, value, derivative);

    private static ElementaryFunction OfGradients(string method) =>
        new(null, (_, x) => VectorSyntax.Call(method, x), CallCost, x => double.IsNaN(x) ? x : 0.5, null);

    private static double SigmoidOf(double x) => 1 / (1 + Math.Exp(-x));

    private static double SoftplusOf(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double SignOf(double x) => x > 0 ? 1 : x < 0 ? -1 : x;
}
