using MathNet.Numerics.LinearAlgebra;
using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// Refines the best point without derivatives: fits a quadratic to the trials around it, and goes to the smallest value of that
/// within a radius, which grows after an improvement and shrinks otherwise. Powell, "The BOBYQA Algorithm for Bound Constrained
/// Optimization without Derivatives", 2009, from which the fit with the least curvature comes.
/// </summary>
internal static class TrustRegion
{
    private const double FirstRadius = 0.2;
    private const double LargestRadius = 0.5;
    private const double SmallestRadius = 1e-6;
    private const double Growth = 1.6;
    private const double Shrinkage = 0.6;

    /// <summary>How much a curvature costs that is not needed: next to nothing, but it makes the fit unique.</summary>
    private const double Ridge = 1e-7;

    /// <summary>Proposes a point.</summary>
    /// <param name="space">What is searched; choices stay those of the best point. Where that has nothing else, the point is random.</param>
    /// <param name="observations">Trials in order, one or more of them with results.</param>
    /// <param name="refines">Which trials refine the best, given their numbers.</param>
    /// <param name="random">What draws.</param>
    /// <param name="point">Written.</param>
    public static void Propose(SearchSpace space, IReadOnlyList<Observation> observations, Func<int, bool> refines, ref RandomStream random, Span<double> point)
    {
        var finished = Losses.Finished(observations);
        var losses = Losses.Warped(finished);
        var center = finished[Losses.IndexOfBest(finished)].Point;
        var values = space.ValuesAt(center.AsSpan());
        var free = space.Dimensions.Index().Where(item => item.Item.IsOrdered && !double.IsNaN(values[item.Index])).Select(item => item.Index).ToArray();
        if (free.Length == 0)
        {
            CandidateSearch.Anywhere(point.Length, ref random).CopyTo(point);
            return;
        }

        var radius = RadiusAfter(finished, [.. observations.Where(observation => observation.IsPending)], refines);
        // Of other networks or optimizers, a quadratic says nothing.
        var same = finished.Index().Where(item => HasChoicesOf(space, item.Item.Point.AsSpan(), center.AsSpan()))
            .OrderBy(item => SquaredDistance(item.Item.Point.AsSpan(), center.AsSpan())).ToArray();
        center.AsSpan().CopyTo(point);
        var near = same.Count(item => SquaredDistance(item.Item.Point.AsSpan(), center.AsSpan()) <= 4 * radius * radius);
        if (near < free.Length + 1)
        {
            // Too few trials around for a slope: one more, in some direction.
            var step = Direction(free.Length, ref random);
            for (var index = 0; index < free.Length; index++)
                point[free[index]] = Math.Clamp(point[free[index]] + (radius * step[index]), 0, 1);
            return;
        }

        var count = Math.Min(same.Length, ((free.Length + 1) * (free.Length + 2) / 2) + free.Length);
        var steps = same[..count].Select(item => free.Select(index => (item.Item.Point[index] - center[index]) / radius).ToArray()).ToArray();
        var model = Quadratic.Fit(steps, [.. same[..count].Select(item => losses[item.Index])]);
        var lower = free.Select(index => -center[index] / radius).ToArray();
        var upper = free.Select(index => (1 - center[index]) / radius).ToArray();
        var start = new List<double[]>();
        for (var candidate = 0; candidate < 64; candidate++)
        {
            var direction = Direction(free.Length, ref random);
            var length = random.NextDouble();
            start.Add([.. direction.Select(value => value * length)]);
        }

        var found = new double[free.Length];
        var smallest = double.PositiveInfinity;
        foreach (var candidate in start)
        {
            var value = model.Descend(candidate, lower, upper);
            if (value < smallest)
                (found, smallest) = (candidate, value);
        }

        for (var index = 0; index < free.Length; index++)
            point[free[index]] = Math.Clamp(center[free[index]] + (radius * found[index]), 0, 1);
    }

    /// <summary>The radius that the trials so far have led to.</summary>
    /// <remarks>
    /// Trials that run at the same time do not know each other's results. Each is compared with what it knew, and so many of them
    /// together change the radius as one alone does.
    /// </remarks>
    private static double RadiusAfter(Observation[] finished, Observation[] pending, Func<int, bool> refines)
    {
        var atOnce = 1 + pending.Count(observation => refines(observation.Trial));
        var (growth, shrinkage) = (Math.Pow(Growth, 1.0 / atOnce), Math.Pow(Shrinkage, 1.0 / atOnce));
        var (radius, best, known) = (FirstRadius, double.PositiveInfinity, 0);
        for (var index = 0; index < finished.Length; index++)
        {
            while (known < index && finished[known].Trial < finished[index].Trial - pending.Length)
                best = Math.Min(best, LossOf(finished[known++]));
            var improved = LossOf(finished[index]) < best;
            if (known > 0 && refines(finished[index].Trial))
                radius = improved ? Math.Min(radius * growth, LargestRadius) : Math.Max(radius * shrinkage, SmallestRadius);
            else if (improved)
                radius = Math.Max(radius, FirstRadius / 4);
        }

        return radius;

        // What was given up is no improvement, whatever it reported last.
        static double LossOf(Observation observation) => observation.IsPruned ? double.PositiveInfinity : observation.Loss;
    }

    private static bool HasChoicesOf(SearchSpace space, ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        for (var index = 0; index < point.Length; index++)
        {
            if (!space.Dimensions[index].IsOrdered && point[index] != other[index])
                return false;
        }

        return true;
    }

    private static double SquaredDistance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var sum = 0.0;
        for (var index = 0; index < first.Length; index++)
            sum += (first[index] - second[index]) * (first[index] - second[index]);
        return sum;
    }

    private static double[] Direction(int dimensions, ref RandomStream random)
    {
        var direction = new double[dimensions];
        for (var index = 0; index < dimensions; index++)
            direction[index] = random.NextNormal();
        var length = Math.Sqrt(direction.Sum(value => value * value));
        return [.. direction.Select(value => value / Math.Max(length, 1e-12))];
    }

    /// <summary>c + gᵀs + ½ sᵀHs.</summary>
    private sealed class Quadratic(Vector<double> slope, Matrix<double> curvature)
    {
        /// <summary>The quadratic through the values, with the smallest sum of squares of H; where there are too many, the best in
        /// least squares.</summary>
        public static Quadratic Fit(double[][] steps, double[] values)
        {
            var (count, dimensions) = (steps.Length, steps[0].Length);
            var system = Matrix<double>.Build.Dense(count + dimensions + 1, count + dimensions + 1);
            var right = Vector<double>.Build.Dense(count + dimensions + 1);
            var scale = Math.Max(values.Max() - values.Min(), 1e-12);
            for (var row = 0; row < count; row++)
            {
                for (var column = 0; column < count; column++)
                {
                    var product = steps[row].Zip(steps[column], (first, second) => first * second).Sum();
                    system[row, column] = 0.5 * product * product;
                }

                // What is far away need not be met as exactly.
                system[row, row] += Ridge * Math.Pow(1 + steps[row].Sum(value => value * value), 2);
                system[row, count] = system[count, row] = 1;
                for (var index = 0; index < dimensions; index++)
                    system[row, count + 1 + index] = system[count + 1 + index, row] = steps[row][index];
                right[row] = values[row] / scale;
            }

            for (var index = count; index < system.RowCount; index++)
                system[index, index] -= 1e-10;
            var solution = system.Solve(right);
            var curvature = Matrix<double>.Build.Dense(dimensions, dimensions);
            for (var row = 0; row < count; row++)
            {
                var step = Vector<double>.Build.Dense(steps[row]);
                curvature += solution[row] * step.OuterProduct(step);
            }

            return new Quadratic(solution.SubVector(count + 1, dimensions), curvature);
        }

        /// <summary>Goes down from a step, within bounds and a distance of 1.</summary>
        /// <returns>The value there, without c.</returns>
        public double Descend(double[] step, double[] lower, double[] upper)
        {
            const int most = 100;
            var rate = 1 / (curvature.FrobeniusNorm() + slope.L2Norm() + 1e-12);
            Project(step);
            for (var iteration = 0; iteration < most; iteration++)
            {
                var gradient = slope + (curvature * Vector<double>.Build.Dense(step));
                for (var index = 0; index < step.Length; index++)
                    step[index] -= rate * gradient[index];
                Project(step);
            }

            var end = Vector<double>.Build.Dense(step);
            return slope.DotProduct(end) + (0.5 * end.DotProduct(curvature * end));

            void Project(double[] place)
            {
                for (var index = 0; index < place.Length; index++)
                    place[index] = Math.Clamp(place[index], lower[index], upper[index]);
                var length = Math.Sqrt(place.Sum(value => value * value));
                for (var index = 0; index < place.Length && length > 1; index++)
                    place[index] /= length;
            }
        }
    }
}
