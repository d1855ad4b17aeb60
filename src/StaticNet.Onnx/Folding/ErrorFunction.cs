namespace StaticNet.Onnx.Folding;

/// <summary>The error function in double precision.</summary>
internal static class ErrorFunction
{
    /// <summary>erf x: its power series near 0, else 1 minus the continued fraction of the complement.</summary>
    public static double Of(double x)
    {
        if (double.IsNaN(x))
            return x;
        var size = Math.Abs(x);
        if (size > 6)
            return Math.Sign(x);
        if (size < 2.5)
        {
            var (term, sum) = (x, x);
            for (var n = 1; n < 80; n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return sum * 2 / Math.Sqrt(Math.PI);
        }

        var fraction = size;
        for (var n = 60; n > 0; n--)
            fraction = size + (n / 2d / fraction);
        return Math.Sign(x) * (1 - (Math.Exp(-size * size) / (Math.Sqrt(Math.PI) * fraction)));
    }
}
