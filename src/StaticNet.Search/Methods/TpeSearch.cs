using MathNet.Numerics;
using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// Tree-structured Parzen estimators: estimates how good trials and the others are distributed, and tries what is likely among the
/// good and unlikely among the others. Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", 2011.
/// </summary>
/// <remarks>
/// For many trials, many choices and conditions: a dimension learns only from the trials in which it played a part, and the time of a
/// proposal grows with their number alone. A trial that is running counts among the others.
/// </remarks>
/// <param name="seed">The seed.</param>
/// <param name="randomTrials">The trials before the first estimate, which fill the space, 2 or more. Default: 10.</param>
public sealed class TpeSearch(ulong seed = 0, int randomTrials = 10) : SearchMethod(seed)
{
    private const double GoodShare = 0.15;
    private const int MostGood = 25;
    private const int Candidates = 64;

    /// <summary>The trials before the first estimate.</summary>
    public int RandomTrials { get; } = randomTrials >= 2
        ? randomTrials
        : throw new ArgumentOutOfRangeException(nameof(randomTrials), randomTrials, "Expected 2 or more trials before the first estimate.");

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(observations);
        var ranked = Losses.Finished(observations).OrderBy(observation => observation.Loss).ToArray();
        if (trial < RandomTrials || ranked.Length < 2)
        {
            StartingPoints.Write(space, Seed, trial, point);
            return;
        }

        var random = new RandomStream(Seed, (ulong)trial + 1);
        var count = Math.Min((int)Math.Ceiling(GoodShare * ranked.Length), MostGood);
        var good = ValuesOf(space, ranked[..count]);
        var others = ValuesOf(space, [.. ranked[count..], .. observations.Where(observation => observation.IsPending)]);
        var values = new double[point.Length];
        for (var index = 0; index < point.Length; index++)
        {
            // Dimension by dimension, in their order: earlier ones decide whether this one plays a part.
            values[index] = double.NaN;
            point[index] = SearchSpace.Inactive;
            if (!space.IsActive(index, values))
                continue;
            var dimension = space.Dimensions[index];
            point[index] = dimension.IsOrdered ? Along(dimension, index, good, others, ref random) : Among(dimension, index, good, others, ref random);
            values[index] = dimension.FromUnit(point[index]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()}, {RandomTrials} random trials";

    private static List<double[]> ValuesOf(SearchSpace space, IEnumerable<Observation> observations) =>
        [.. observations.Select(observation => space.ValuesAt(observation.Point.AsSpan()).ToArray())];

    private static double Along(Dimension dimension, int index, List<double[]> good, List<double[]> others, ref RandomStream random)
    {
        var (likely, unlikely) = (new ParzenEstimate(Places(good)), new ParzenEstimate(Places(others)));
        var (best, largest) = (SearchSpace.Inactive, double.NegativeInfinity);
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var place = likely.Draw(ref random);
            var ratio = likely.LogDensity(place) - unlikely.LogDensity(place);
            if (ratio > largest)
                (best, largest) = (place, ratio);
        }

        return best;

        double[] Places(List<double[]> trials) => [.. trials.Where(values => !double.IsNaN(values[index])).Select(values => dimension.ToUnit(values[index]))];
    }

    private static double Among(Dimension dimension, int index, List<double[]> good, List<double[]> others, ref RandomStream random)
    {
        var (likely, unlikely) = (Shares(good), Shares(others));
        var (best, largest) = (0, double.NegativeInfinity);
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var drawn = Draw(likely, ref random);
            // The ratio, softened by chance: what is drawn once in a while is tried once in a while.
            var ratio = Math.Log(likely[drawn] / unlikely[drawn]) - Math.Log(-Math.Log(1 - random.NextDouble()));
            if (ratio > largest)
                (best, largest) = (drawn, ratio);
        }

        return dimension.ToUnit(best);

        double[] Shares(List<double[]> trials)
        {
            // One observation of each alternative in advance.
            var counts = Enumerable.Repeat(1.0, dimension.Count!.Value).ToArray();
            foreach (var values in trials.Where(values => !double.IsNaN(values[index])))
                counts[(int)values[index]]++;
            var sum = counts.Sum();
            return [.. counts.Select(share => share / sum)];
        }
    }

    private static int Draw(double[] shares, ref RandomStream random)
    {
        var rest = random.NextDouble();
        var drawn = 0;
        for (; drawn < shares.Length - 1 && rest >= shares[drawn]; drawn++)
            rest -= shares[drawn];
        return drawn;
    }

    /// <summary>A mixture over [0, 1]: a normal distribution at each place, as wide as the distance to its neighbours, and a uniform one.</summary>
    private sealed class ParzenEstimate
    {
        private readonly double[] _centers;
        private readonly double[] _deviations;
        private readonly double[] _masses;

        public ParzenEstimate(double[] places)
        {
            _centers = [.. places.Order()];
            _deviations = new double[_centers.Length];
            _masses = new double[_centers.Length];
            var least = 1.0 / Math.Min(100, _centers.Length + 2);
            for (var index = 0; index < _centers.Length; index++)
            {
                var left = _centers[index] - (index > 0 ? _centers[index - 1] : 0);
                var right = (index + 1 < _centers.Length ? _centers[index + 1] : 1) - _centers[index];
                _deviations[index] = Math.Clamp(Math.Max(left, right), least, 1);
                _masses[index] = Below(1, index) - Below(0, index);
            }
        }

        public double Draw(ref RandomStream random)
        {
            var index = random.NextInt32(_centers.Length + 1);
            if (index == _centers.Length)
                return random.NextDouble();
            while (true)
            {
                var place = _centers[index] + (random.NextNormal() * _deviations[index]);
                if (place is >= 0 and <= 1)
                    return place;
            }
        }

        public double LogDensity(double place)
        {
            var density = 1.0;
            for (var index = 0; index < _centers.Length; index++)
            {
                var z = (place - _centers[index]) / _deviations[index];
                density += Math.Exp(-0.5 * z * z) / (Constants.Sqrt2Pi * _deviations[index] * _masses[index]);
            }

            return Math.Log(density / (_centers.Length + 1));
        }

        private double Below(double place, int index) => 0.5 * SpecialFunctions.Erfc((_centers[index] - place) / (_deviations[index] * Constants.Sqrt2));
    }
}
