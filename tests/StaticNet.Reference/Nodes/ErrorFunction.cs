namespace StaticNet.Reference.Nodes;

/// <summary>erf(x) = 2/√π ∫₀ˣ e^−t² dt.</summary>
internal static class ErrorFunction
{
    public static double Erf(double x)
    {
        var magnitude = Math.Abs(x);
        return Math.Sign(x) * (magnitude < 2.5 ? Series(magnitude) : 1 - Complement(magnitude));
    }

    // erf x = 2/√π e^−x² Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)): all terms are positive, so nothing cancels.
    private static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; term > sum * 1e-18; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc x = e^−x²/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), from the back.
    private static double Complement(double x)
    {
        var fraction = x;
        for (var n = 120; n >= 1; n--)
            fraction = x + (0.5 * n / fraction);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
