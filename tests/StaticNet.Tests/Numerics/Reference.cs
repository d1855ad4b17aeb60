namespace StaticNet.Tests.Numerics;

/// <summary>The elementary functions in double, good to about 1e-15, for FastMath to be held to.</summary>
internal static class Reference
{
    public static double ExpM1(double x)
    {
        if (x < -40)
            return -1;
        return Math.Abs(x) < 1e-5 ? x + (x * x / 2) + (x * x * x / 6) : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x)));

    public static double Silu(double x) => x * Sigmoid(x);

    public static double SiluDerivative(double x) => Gated(x, x, 1);

    public static double Gelu(double x) => x < -30 ? 0 : x * Normal(x);

    public static double GeluDerivative(double x)
    {
        return Math.Abs(x) > 30 ? (x > 0 ? 1 : 0) : Normal(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    public static double GeluTanh(double x) => x * Sigmoid(GeluArgument(x));

    public static double GeluTanhDerivative(double x)
    {
        return Gated(x, GeluArgument(x), 2 * Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x)));
    }

    public static double Erf(double x)
    {
        var a = Math.Abs(x);
        return Math.CopySign(a < 3 ? ErfSeries(a) : 1 - ErfcFraction(a), x);
    }

    /// <summary>The distance between the two floats around a number that is a normal float.</summary>
    public static double Ulp(double x) => Math.ScaleB(1, Math.Min(Math.ILogB(x), 127) - 23);

    // d(x·σ(u)) / dx
    private static double Gated(double x, double u, double slope)
    {
        return Math.Abs(u) > 700 ? (u > 0 ? 1 : 0) : Sigmoid(u) + (x * slope * Sigmoid(u) * Sigmoid(-u));
    }

    private static double GeluArgument(double x) => 2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double Log1P(double x)
    {
        if (x < 1e-5)
            return x - (x * x / 2) + (x * x * x / 3);
        var sum = 1 + x;
        return Math.Log(sum) + ((x - (sum - 1)) / sum);
    }

    private static double Normal(double x)
    {
        var z = x / Math.Sqrt(2);
        return z < -3 ? ErfcFraction(-z) / 2 : (1 + Erf(z)) / 2;
    }

    // erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms positive.
    private static double ErfSeries(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // erfc x = e^(−x²)/√π / (x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), for x ≥ 3.
    private static double ErfcFraction(double x)
    {
        if (x > 30)
            return 0;
        var fraction = 0.0;
        for (var k = 60; k >= 1; k--)
            fraction = k / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
