using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>Looks for the smallest value of a cheap function over a cube: the best of some candidates, and then around the best.</summary>
internal static class CandidateSearch
{
    /// <summary>Looks.</summary>
    /// <param name="function">The function of a point.</param>
    /// <param name="candidates">Where to look first.</param>
    /// <param name="random">What draws steps.</param>
    /// <param name="reach">The deviation of the first steps from the best candidate.</param>
    /// <param name="rounds">The number of rounds, each with steps of a third of the size.</param>
    /// <param name="steps">The steps of a round.</param>
    /// <returns>The best point that was found.</returns>
    public static double[] Minimize(
        Func<double[], double> function, IEnumerable<double[]> candidates, ref RandomStream random, double reach, int rounds, int steps)
    {
        double[]? best = null;
        var smallest = double.PositiveInfinity;
        foreach (var candidate in candidates)
        {
            var value = function(candidate);
            if (best is null || value < smallest)
                (best, smallest) = (candidate, value);
        }

        for (var round = 0; round < rounds; round++, reach /= 3)
        {
            for (var step = 0; step < steps; step++)
            {
                var candidate = Near(best!, reach, ref random);
                var value = function(candidate);
                if (value < smallest)
                    (best, smallest) = (candidate, value);
            }
        }

        return best!;
    }

    /// <summary>A random point.</summary>
    public static double[] Anywhere(int dimensions, ref RandomStream random)
    {
        var point = new double[dimensions];
        for (var index = 0; index < point.Length; index++)
            point[index] = random.NextDouble();
        return point;
    }

    /// <summary>A random point near another: some of its coordinates, at least one, moved by normal steps within the cube.</summary>
    public static double[] Near(ReadOnlySpan<double> point, double deviation, ref RandomStream random)
    {
        var near = point.ToArray();
        var one = random.NextInt32(near.Length);
        for (var index = 0; index < near.Length; index++)
        {
            var step = random.NextNormal() * deviation;
            if (index == one || random.NextDouble() < 0.5)
                near[index] = Math.Clamp(near[index] + step, 0, 1);
        }

        return near;
    }
}
