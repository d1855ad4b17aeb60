using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>
/// The element functions. Derivatives are written from the stored output where they can be, so that the input need not be
/// kept; <c>d</c> is the gradient of the output.
/// </summary>
internal static class ElementFunctions
{
    private const float SeluScale = 1.05070098735548f;
    private const float SeluAlpha = 1.67326324235438f;

    /// <summary>The height and the slope inside of LeCun's tanh, which together make it 1 at 1.</summary>
    private const float LeCunHeight = 1.7159f;
    private const float LeCunSlope = 2f / 3;

    public static readonly ElementFunction Add = new("sum", (v, x) => $"{x[0]} + {x[1]}", _ => default);

    public static readonly ElementFunction Multiply = new(
        "product", (v, x) => $"{x[0]} * {x[1]}", input => new GradientRule(Product("product"), 1 - input));

    /// <summary>x where x &gt; 0, else x times the slope, which follows the operands.</summary>
    public static readonly ElementFunction PReLU = new(
        "PReLU",
        (v, x) => v.MultiplyAdd(x[1], v.Min(x[0], v.Zero), v.Max(x[0], v.Zero)),
        _ => new GradientRule(new("PReLU's derivative", (v, x) => v.Select(v.Greater(x[1], v.Zero), x[0], $"{x[0]} * {x[2]}"), NotTwice), 0));

    /// <summary>What PReLU's slope sums: d·min(x, 0).</summary>
    public static readonly ElementFunction SlopeGradient = new("d·min(x, 0)", (v, x) => $"{x[0]} * {v.Min(x[1], v.Zero)}", NotTwice);

    /// <summary>What a coefficient sums: d·x.</summary>
    public static readonly ElementFunction CoefficientGradient = Product("d·x");

    /// <summary>x·a + b with vectors a and b.</summary>
    public static readonly ElementFunction ScaleAndShift = new("scale and shift", (v, x) => v.MultiplyAdd(x[0], x[1], x[2]), NotTwice);

    /// <summary>x·a with a vector a.</summary>
    public static readonly ElementFunction Scale = Product("scale");

    /// <summary>x·a + y·b + c with vectors a, b and c.</summary>
    public static readonly ElementFunction CombineAndShift = new(
        "the gradient through the batch's moments", (v, x) => v.MultiplyAdd(x[0], x[2], v.MultiplyAdd(x[1], x[3], x[4])), NotTwice);

    /// <summary>The function of an activation.</summary>
    public static ElementFunction Of(Activation kind, float alpha) => kind switch
    {
        Activation.Step => new("step", (v, x) => v.Select(v.Greater(x[0], v.Zero), v.One, v.Zero), NotTwice),
        Activation.Sigmoid => FromOutput("sigmoid", (v, x) => VectorSyntax.Call("Sigmoid", x), (v, d, y) => $"{d} * ({v.MultiplyAdd($"-{y}", y, y)})", heavy: true),
        Activation.Tanh => FromOutput("tanh", (v, x) => VectorSyntax.Call("Tanh", x), (v, d, y) => $"{d} * {v.MultiplyAdd($"-{y}", y, v.One)}", heavy: true),
        Activation.LeCunTanh => FromOutput("LeCun tanh", (v, x) => $"{v.Constant(LeCunHeight)} * {VectorSyntax.Call("Tanh", $"{x[0]} * {v.Constant(LeCunSlope)}")}", LeCunDerivative, heavy: true),
        Activation.ReLU => FromOutput("ReLU", (v, x) => v.Max(x[0], v.Zero), (v, d, y) => v.Select(v.Greater(y, v.Zero), d, v.Zero)),
        // A negative slope's output changes sign, so only the input tells the two sides apart.
        Activation.LeakyReLU when alpha >= 0 => FromOutput("leaky ReLU", (v, x) => LeakyReLU(v, x[0], alpha), (v, d, y) => Leaky(v, d, y, alpha)),
        Activation.LeakyReLU => FromInput("leaky ReLU", (v, x) => LeakyReLU(v, x[0], alpha), (v, d, x) => Leaky(v, d, x, alpha)),
        Activation.ELU => FromInput("ELU", (v, x) => Elu(v, x[0], 1, alpha), (v, d, x) => EluDerivative(v, d, x, 1, alpha), heavy: true),
        Activation.SELU => FromInput("SELU", (v, x) => Elu(v, x[0], SeluScale, SeluScale * SeluAlpha), (v, d, x) => EluDerivative(v, d, x, SeluScale, SeluScale * SeluAlpha), heavy: true),
        Activation.Softplus => FromInput("softplus", (v, x) => VectorSyntax.Call("Softplus", x), (v, d, x) => $"{d} * {VectorSyntax.Call("Sigmoid", x)}", heavy: true),
        Activation.Softsign => FromOutput("softsign", (v, x) => $"{x[0]} / ({v.One} + {v.Type}.Abs({x[0]}))", SoftsignDerivative),
        Activation.GELU => FromInput("GELU", (v, x) => VectorSyntax.Call("Gelu", x), (v, d, x) => $"{d} * {VectorSyntax.Call("GeluDerivative", x)}", heavy: true),
        Activation.GELUTanh => FromInput("GELU", (v, x) => VectorSyntax.Call("GeluTanh", x), (v, d, x) => $"{d} * {VectorSyntax.Call("GeluTanhDerivative", x)}", heavy: true),
        Activation.SiLU => FromInput("SiLU", (v, x) => VectorSyntax.Call("Silu", x), (v, d, x) => $"{d} * {VectorSyntax.Call("SiluDerivative", x)}", heavy: true),
        Activation.HardSigmoid => FromInput("hard sigmoid", (v, x) => HardSigmoid(v, x[0]), (v, d, x) => v.Select(v.Type + $".LessThan({v.Type}.Abs({x}), {v.Constant(3)})", $"{d} * {v.Constant(1f / 6)}", v.Zero)),
        Activation.HardSwish => FromInput("hard swish", (v, x) => $"{x[0]} * {HardSigmoid(v, x[0])}", HardSwishDerivative),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A product of two operands, by the name that it has in comments.</summary>
    private static ElementFunction Product(string name) => new(name, (v, x) => $"{x[0]} * {x[1]}", NotTwice);

    private static ElementFunction FromOutput(string name, Func<VectorSyntax, string[], string> write, Func<VectorSyntax, string, string, string> derivative, bool heavy = false) =>
        new(name, write, _ => new GradientRule(Derivative(name, derivative), GradientRule.Output), heavy);

    private static ElementFunction FromInput(string name, Func<VectorSyntax, string[], string> write, Func<VectorSyntax, string, string, string> derivative, bool heavy = false) =>
        new(name, write, _ => new GradientRule(Derivative(name, derivative) with { IsHeavy = heavy }, 0), heavy);

    private static ElementFunction Derivative(string name, Func<VectorSyntax, string, string, string> derivative) =>
        new($"{name}'s derivative", (v, x) => derivative(v, x[0], x[1]), NotTwice);

    /// <summary>The rule of a function that only gradients use.</summary>
    public static GradientRule NotTwice(int input) => throw new InvalidOperationException("Code for second derivatives is not written.");

    private static string LeakyReLU(VectorSyntax v, string x, float alpha) => v.MultiplyAdd(v.Constant(alpha), v.Min(x, v.Zero), v.Max(x, v.Zero));

    private static string Leaky(VectorSyntax v, string d, string side, float alpha) => v.Select(v.Greater(side, v.Zero), d, $"{d} * {v.Constant(alpha)}");

    private static string Elu(VectorSyntax v, string x, float scale, float alpha) =>
        v.Select(v.Greater(x, v.Zero), scale == 1 ? x : $"{x} * {v.Constant(scale)}", $"{v.Constant(alpha)} * {VectorSyntax.Call("ExpM1", v.Min(x, v.Zero))}");

    private static string EluDerivative(VectorSyntax v, string d, string x, float scale, float alpha) =>
        $"{d} * {v.Select(v.Greater(x, v.Zero), v.Constant(scale), $"{v.Constant(alpha)} * {VectorSyntax.Call("Exp", v.Min(x, v.Zero))}")}";

    private static string SoftsignDerivative(VectorSyntax v, string d, string y) =>
        $"{d} * ({v.One} - {v.Type}.Abs({y})) * ({v.One} - {v.Type}.Abs({y}))";

    private static string LeCunDerivative(VectorSyntax v, string d, string y) =>
        $"{d} * {v.MultiplyAdd($"{y} * {y}", v.Constant(-LeCunSlope / LeCunHeight), v.Constant(LeCunSlope * LeCunHeight))}";

    private static string HardSigmoid(VectorSyntax v, string x) =>
        v.Min(v.Max(v.MultiplyAdd(x, v.Constant(1f / 6), v.Constant(0.5f)), v.Zero), v.One);

    private static string HardSwishDerivative(VectorSyntax v, string d, string x) =>
        $"{d} * {v.Select(v.Type + $".LessThan({v.Type}.Abs({x}), {v.Constant(3)})", v.MultiplyAdd(x, v.Constant(1f / 3), v.Constant(0.5f)), v.Select(v.Greater(x, v.Zero), v.One, v.Zero))}";
}
