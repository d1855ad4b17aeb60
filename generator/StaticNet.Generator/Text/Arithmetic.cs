namespace StaticNet.Generator.Text;

/// <summary>Sums, products and quotients of places, as <see cref="Affine"/> folds them.</summary>
internal static class Arithmetic
{
    /// <summary>The sum of terms.</summary>
    public static Affine Sum(params Affine[] terms) => terms.Aggregate((Affine)0, (sum, term) => sum + term);

    /// <summary>A product.</summary>
    public static Affine Product(Affine factor, int number) => factor * number;

    /// <summary>A product with a constant that has a name.</summary>
    public static Affine Product(Affine factor, string constant) => !factor.IsNumber ? $"{Factor(factor)} * {constant}"
        : factor.Number switch
        {
            0 => 0,
            1 => constant,
            _ => $"{factor} * {constant}",
        };

    /// <summary>A quotient without its remainder.</summary>
    public static Affine Quotient(Affine dividend, int divisor) => divisor == 1 ? dividend
        : dividend.IsNumber ? dividend.Number / divisor
        : $"{Factor(dividend)} / {Literal.Of(divisor)}";

    /// <summary>An expression as an operand of something that binds more tightly.</summary>
    public static string Factor(Affine expression) => Affine.Factor(expression);

    /// <summary>Whether an expression is a number, and which.</summary>
    public static bool IsNumber(Affine expression, out int number)
    {
        number = expression.Number;
        return expression.IsNumber;
    }
}
