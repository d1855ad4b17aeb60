using MathNet.Numerics;
using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// Fits a Gaussian process to the results, and tries where it expects the largest improvement on the best. Jones, Schonlau and
/// Welch, "Efficient Global Optimization of Expensive Black-Box Functions", 1998.
/// </summary>
/// <remarks>
/// For expensive trials in up to about twenty dimensions: the time of a proposal grows with the third power of the number of trials. Losses are taken by their order of magnitude. A trial that is running counts with what the process expects
/// of it, so that trials at the same time try different places.
/// </remarks>
/// <param name="seed">The seed.</param>
/// <param name="randomTrials">The trials before the first fit, which fill the space; null for 5 and one for each dimension.</param>
public sealed class BayesianSearch(ulong seed = 0, int? randomTrials = null) : SearchMethod(seed)
{
    private const int Candidates = 512;

    /// <summary>The trials before the first fit; null for 5 and one for each dimension.</summary>
    public int? RandomTrials { get; } = randomTrials is null or >= 1
        ? randomTrials
        : throw new ArgumentOutOfRangeException(nameof(randomTrials), randomTrials, "Expected 1 or more trials before the first fit.");

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(observations);
        var finished = Losses.Finished(observations);
        if (trial < (RandomTrials ?? 5 + space.Dimensions.Length) || finished.Length < 2)
        {
            StartingPoints.Write(space, Seed, trial, point);
            return;
        }

        var random = new RandomStream(Seed, (ulong)trial + 1);
        var features = new Features(space);
        var points = finished.Select(observation => features.Of(observation.Point.AsSpan())).ToList();
        var losses = Losses.Warped(finished).ToList();
        var process = GaussianProcess.Fit([.. points], features.DimensionOf, [.. losses], ref random);
        foreach (var pending in observations.Where(observation => observation.IsPending))
        {
            points.Add(features.Of(pending.Point.AsSpan()));
            losses.Add(process.Predict(points[^1]).Mean);
        }

        if (points.Count > finished.Length)
            process = GaussianProcess.Fit([.. points], features.DimensionOf, [.. losses], ref random);
        var best = Losses.IndexOfBest(finished);
        var smallest = losses[best];
        var candidates = new List<double[]>();
        for (var index = 0; index < Candidates; index++)
        {
            candidates.Add(CandidateSearch.Anywhere(point.Length, ref random));
            candidates.Add(CandidateSearch.Near(finished[best].Point.AsSpan(), Math.Pow(10, -0.5 - (2.5 * random.NextDouble())), ref random));
        }

        CandidateSearch.Minimize(candidate => -LogImprovement(process.Predict(features.Of(candidate)), smallest), candidates, ref random, reach: 0.1, rounds: 5, steps: 64).CopyTo(point);
    }

    /// <inheritdoc/>
    public override string ToString() => RandomTrials is { } trials ? $"{base.ToString()}, {trials} random trials" : base.ToString();

    /// <summary>The logarithm of the expected improvement, which still tells places apart where that is next to 0.</summary>
    private static double LogImprovement((double Mean, double Deviation) prediction, double smallest)
    {
        if (prediction.Deviation <= 1e-12)
            return double.NegativeInfinity;
        var z = (smallest - prediction.Mean) / prediction.Deviation;
        var density = -0.5 * ((z * z) + Math.Log(Constants.Pi2));
        // Far below the best, z Φ(z) + φ(z) is a difference of nearly equal numbers: φ(z) / z² there.
        var gain = z > -6
            ? Math.Log((z * 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2)) + Math.Exp(density))
            : density - (2 * Math.Log(-z));
        return gain + Math.Log(prediction.Deviation);
    }
}
