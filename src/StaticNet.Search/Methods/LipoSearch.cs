using MathNet.Numerics;
using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>
/// Alternates between the place with the best bound, from the slopes seen so far, and refinement of the best by a trust
/// region. Malherbe and Vayatis, "Global Optimization of Lipschitz Functions", 2017; King, "A Global Optimization Algorithm Worth
/// Using", 2017, who combined the two.
/// </summary>
/// <remarks>It has nothing to set. For smooth functions in up to about ten dimensions.</remarks>
/// <param name="seed">The seed.</param>
public sealed class LipoSearch(ulong seed = 0) : SearchMethod(seed)
{
    /// <summary>The random places of which the one with the best bound is tried. More of them would lead into the corners, where bounds are
    /// low because nothing is near.</summary>
    private const int Candidates = 32;

    /// <summary>The share of the slopes between two trials that are no steeper than the one that bounds follow from: a single cliff,
    /// or noise, must not make everything possible.</summary>
    private const double Share = 0.75;

    /// <summary>Points that are closer say nothing about slopes but their noise.</summary>
    private const double LeastDistance = 0.01;

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(observations);
        var finished = Losses.Finished(observations);
        if (trial < space.Dimensions.Length + 2 || finished.Length < 2)
        {
            StartingPoints.Write(space, Seed, trial, point);
            return;
        }

        var random = new RandomStream(Seed, (ulong)trial + 1);
        if (Refines(trial))
            TrustRegion.Propose(space, observations, number => number >= space.Dimensions.Length + 2 && Refines(number), ref random, point);
        else
            ProposeByBound(space, observations, finished, ref random, point);
    }

    private static bool Refines(int trial) => trial % 2 == 1;

    private static void ProposeByBound(SearchSpace space, IReadOnlyList<Observation> observations, Observation[] finished, ref RandomStream random, Span<double> point)
    {
        var features = new Features(space);
        var points = finished.Select(observation => features.Of(observation.Point.AsSpan())).ToList();
        var losses = Losses.Warped(finished).ToList();
        // A trial that is running keeps others away as one with a usual loss would.
        var usual = losses.Average();
        foreach (var pending in observations.Where(observation => observation.IsPending))
        {
            points.Add(features.Of(pending.Point.AsSpan()));
            losses.Add(usual);
        }

        var slopes = new List<double>();
        for (var first = 0; first < finished.Length; first++)
        {
            for (var second = 0; second < first; second++)
            {
                var distance = Distance.Euclidean(points[first], points[second]);
                if (distance > LeastDistance)
                    slopes.Add(Math.Abs(losses[first] - losses[second]) / distance);
            }
        }

        slopes.Sort();
        var steep = slopes.Count == 0 ? 1 : slopes[(int)((slopes.Count - 1) * Share)];
        var least = double.PositiveInfinity;
        for (var index = 0; index < Candidates; index++)
        {
            var candidate = CandidateSearch.Anywhere(point.Length, ref random);
            var bound = Bound(candidate);
            if (bound >= least)
                continue;
            least = bound;
            candidate.CopyTo(point);
        }

        // No loss at a place can be smaller than this, if slopes are not steeper.
        double Bound(double[] place)
        {
            var coordinates = features.Of(place);
            var bound = double.NegativeInfinity;
            for (var index = 0; index < points.Count; index++)
                bound = Math.Max(bound, losses[index] - (steep * Distance.Euclidean(points[index], coordinates)));
            return bound;
        }
    }
}
