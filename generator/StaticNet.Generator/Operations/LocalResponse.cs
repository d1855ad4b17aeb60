namespace StaticNet.Generator.Operations;

/// <summary>x / (k + α·s)^β, where s is a sum of squares.</summary>
internal static class LocalResponse
{
    public static ElementFunction Function(float alpha, float beta, float k)
    {
        Expression x = new Operand(0);
        var sum = (new Operand(1) * (Expression)alpha) + k;
        return new ElementFunction("local response", Scaled(x, sum, beta))
        {
            GradientTree = input => input == 0
                ? Scaled(Derivation.Gradient, sum, beta)
                : Scaled(-alpha * beta * (Expression)Derivation.Gradient * x, sum, beta) / sum,
            GradientName = input => input == 0 ? "the gradient through the local response" : "the gradient of the sum of squares",
        };
    }

    /// <summary>x · s^−β; the usual exponents need roots only.</summary>
    private static Expression Scaled(Expression x, Expression s, float beta) => beta switch
    {
        0.5f => x / ElementaryFunctions.Sqrt(s),
        0.75f => x / (ElementaryFunctions.Sqrt(s) * ElementaryFunctions.Sqrt(ElementaryFunctions.Sqrt(s))),
        1 => x / s,
        _ => x * ElementaryFunctions.Exp(-beta * ElementaryFunctions.Log(s)),
    };
}
