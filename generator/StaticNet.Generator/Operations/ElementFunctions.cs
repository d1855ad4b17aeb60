using static StaticNet.Generator.Operations.ElementaryFunctions;

namespace StaticNet.Generator.Operations;

/// <summary>The element functions that are no activations.</summary>
internal static class ElementFunctions
{
    /// <summary>The first operand.</summary>
    public static readonly Expression X = new Operand(0);

    /// <summary>The second operand.</summary>
    public static readonly Expression Y = new Operand(1);

    private static readonly Expression Third = new Operand(2);

    public static readonly ElementFunction Add = new("sum", X + Y);

    /// <summary>The functions of joins, and the ends of their methods' names.</summary>
    public static IReadOnlyDictionary<JoinKind, (ElementFunction Function, string Verb)> Joins { get; } = new Dictionary<JoinKind, (ElementFunction, string)>
    {
        [JoinKind.Add] = (Add, "Sum"),
        [JoinKind.Subtract] = (new("difference", X - Y), "Difference"),
        [JoinKind.Multiply] = (new("product", X * Y) { GradientName = _ => "product" }, "Product"),
        [JoinKind.Divide] = (new("quotient", X / Y), "Quotient"),
        [JoinKind.Minimum] = (new("minimum", Minimum(X, Y)), "Minimum"),
        [JoinKind.Maximum] = (new("maximum", Maximum(X, Y)), "Maximum"),
    };

    /// <summary>x within bounds; the derivative at a bound is 1, as everywhere between.</summary>
    public static ElementFunction Clip(float lowest, float highest)
    {
        var above = float.IsNegativeInfinity(lowest) ? X : AtLeast(X, lowest);
        return new("clip", float.IsPositiveInfinity(highest) ? above : AtMost(above, highest))
        {
            GradientTree = _ => WhereAtLeast(lowest, WhereAtMost(highest, Derivation.Gradient)),
        };

        static Expression WhereAtLeast(float bound, Expression then) =>
            float.IsNegativeInfinity(bound) ? then : Select.Of(ComparisonKind.GreaterOrEqual, X, bound, then, Expression.Zero);
        static Expression WhereAtMost(float bound, Expression then) =>
            float.IsPositiveInfinity(bound) ? then : Select.Of(ComparisonKind.LessOrEqual, X, bound, then, Expression.Zero);
    }

    /// <summary>x to a constant power: by products where the exponent is a whole number, else by roots or the logarithm.</summary>
    public static ElementFunction Power(float exponent) => new("power", Powers.Of(X, exponent))
    {
        GradientTree = _ => Derivation.Gradient * (exponent * Powers.Of(X, exponent - 1)),
    };

    /// <summary>x where x &gt; 0, else x times the slope, which follows the operands.</summary>
    public static readonly ElementFunction PReLU = new("PReLU", (Y * AtMost(X, Expression.Zero)) + AtLeast(X, Expression.Zero))
    {
        GradientTree = _ => IfGreater(X, Expression.Zero, Derivation.Gradient, Derivation.Gradient * Y),
    };

    /// <summary>What PReLU's slope sums: d·min(x, 0).</summary>
    public static readonly ElementFunction SlopeGradient = new("d·min(x, 0)", X * AtMost(Y, Expression.Zero));

    /// <summary>What a coefficient sums: d·x.</summary>
    public static readonly ElementFunction CoefficientGradient = new("d·x", X * Y);

    /// <summary>x·a + b with vectors a and b.</summary>
    public static readonly ElementFunction ScaleAndShift = new("scale and shift", (X * Y) + Third);

    /// <summary>x·a with a vector a.</summary>
    public static readonly ElementFunction Scale = new("scale", X * Y);

    /// <summary>x·a + y·b + c with vectors a, b and c.</summary>
    public static readonly ElementFunction CombineAndShift = new(
        "the gradient through the batch's moments", (X * Third) + ((Y * new Operand(3)) + new Operand(4)));

    /// <summary>x where y·a + b &gt; 0, else 0: the gradient of a ReLU behind a normalisation.</summary>
    public static readonly ElementFunction NormalizedReLUGradient = new(
        "ReLU's derivative", IfGreater((Y * Third) + new Operand(3), Expression.Zero, X, Expression.Zero));
}
