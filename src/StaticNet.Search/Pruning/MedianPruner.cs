using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Search;

/// <summary>Gives up a trial whose best so far is worse than the median of what others had at the same step.</summary>
/// <remarks>Golovin and others, "Google Vizier: A Service for Black-Box Optimization", 2017.</remarks>
/// <param name="firstStep">The first step after which a trial can be given up, 1 or more. Default: 1.</param>
/// <param name="leastTrials">The number of other trials that must have reached a step, 1 or more. Default: 5.</param>
public sealed class MedianPruner(int firstStep = 1, int leastTrials = 5) : Pruner
{
    private readonly int _firstStep = firstStep >= 1 ? firstStep : throw new ArgumentOutOfRangeException(nameof(firstStep), firstStep, "Expected step 1 or a later one.");
    private readonly int _leastTrials = leastTrials >= 1 ? leastTrials : throw new ArgumentOutOfRangeException(nameof(leastTrials), leastTrials, "Expected 1 or more trials to compare with.");

    /// <inheritdoc/>
    public override bool IsHopeless(ReadOnlySpan<double> losses, IReadOnlyList<ImmutableArray<double>> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var step = losses.Length;
        var there = others.Where(other => other.Length >= step).Select(other => other[step - 1]).Order().ToArray();
        if (step < _firstStep || there.Length < _leastTrials)
            return false;
        var best = double.PositiveInfinity;
        foreach (var loss in losses)
            best = Math.Min(best, double.IsNaN(loss) ? double.PositiveInfinity : loss);
        var middle = there.Length / 2;
        return best > (there.Length % 2 == 1 ? there[middle] : (there[middle - 1] + there[middle]) / 2);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{nameof(MedianPruner)}, from step {_firstStep}, {_leastTrials} trials");
}
