namespace StaticNet.Data;

/// <summary>The functions that are not linear, number by number in double precision.</summary>
internal static class ScalerFunctions
{
    // Exponential and arctangent reach 1 by rounding only; scaled back from there it would be infinite.
    private const double Largest = 1 - (1.0 / (1 << 24));

    /// <summary>y of x.</summary>
    public static float Apply(ScalerFunction function, float x, float shift, float scale)
    {
        var difference = (double)x - shift;
        return (float)(function switch
        {
            ScalerFunction.Logarithm => Math.CopySign(Math.Log(1 + Math.Abs(difference)), difference) / scale,
            ScalerFunction.Exponential => Odd(difference / scale, static size => 1 - Math.Exp(-size)),
            ScalerFunction.Arctangent => 2 / Math.PI * Math.Atan(difference / scale),
            _ => difference / scale,
        });
    }

    /// <summary>x of y; a y beyond the function's range counts as its end.</summary>
    public static float Undo(ScalerFunction function, float y, float shift, float scale)
    {
        return (float)(shift + (function switch
        {
            ScalerFunction.Logarithm => Odd((double)y * scale, static size => Math.Exp(size) - 1),
            ScalerFunction.Exponential => scale * Odd(y, static size => -Math.Log(1 - Math.Min(size, Largest))),
            ScalerFunction.Arctangent => scale * Odd(y, static size => Math.Tan(Math.PI / 2 * Math.Min(size, Largest))),
            _ => (double)y * scale,
        }));
    }

    private static double Odd(double value, Func<double, double> ofSize) => Math.CopySign(ofSize(Math.Abs(value)), value);
}
