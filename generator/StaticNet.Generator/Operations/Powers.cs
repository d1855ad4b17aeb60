namespace StaticNet.Generator.Operations;

/// <summary>Powers with a constant exponent, as trees.</summary>
internal static class Powers
{
    /// <summary>Up to here whole exponents are products, about half a unit in the last place for each factor.</summary>
    private const int MostFactors = 64;

    public static Expression Of(Expression x, float exponent) => exponent switch
    {
        0 => Expression.One,
        < 0 => 1f / Of(x, -exponent),
        <= MostFactors when exponent == (int)exponent => Product(x, (int)exponent),
        0.5f => ElementaryFunctions.Sqrt(x),
        1.5f => x * ElementaryFunctions.Sqrt(x),
        _ => ElementaryFunctions.Exp(exponent * ElementaryFunctions.Log(x)),
    };

    private static Expression Product(Expression x, int factors)
    {
        if (factors == 1)
            return x;
        var half = Product(x, factors / 2);
        return factors % 2 == 0 ? half * half : half * half * x;
    }
}
