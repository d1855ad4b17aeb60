namespace StaticNet.Reference.Nodes;

/// <summary>How near numbers are to points where a function has no derivative.</summary>
internal static class Kinks
{
    /// <summary>The smallest distance of a number from a kink, relative to the largest magnitude of numbers and kinks.</summary>
    /// <remarks>
    /// An exact zero is no danger: it comes from a function that is flat around it (the negative side of ReLU), or from
    /// a dropped element, so that small changes before it do not move it.
    /// </remarks>
    public static double Distance(double[] numbers, double[] kinks)
    {
        var nearest = double.PositiveInfinity;
        var largest = 0.0;
        foreach (var number in numbers)
        {
            foreach (var kink in kinks)
            {
                largest = Math.Max(largest, Math.Max(Math.Abs(number), Math.Abs(kink)));
                if (number != 0)
                    nearest = Math.Min(nearest, Math.Abs(number - kink));
            }
        }

        return nearest / largest;
    }

    /// <summary>
    /// A figure in the same measure for a normalisation: small where it magnifies rounding, at 1e-5 a hundredfold.
    /// </summary>
    /// <param name="deviation">What it divides by.</param>
    /// <param name="variance">The variance in that.</param>
    /// <param name="largest">The largest magnitude of the numbers.</param>
    /// <remarks>Numbers that are all the same are no danger: what is divided is zero.</remarks>
    public static double Conditioning(double deviation, double variance, double largest) =>
        variance <= 1e-20 * largest * largest ? double.PositiveInfinity : 0.1 * Math.Pow(deviation / largest, 2);
}
