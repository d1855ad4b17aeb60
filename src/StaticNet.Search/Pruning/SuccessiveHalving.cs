using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Search;

/// <summary>
/// Lets a share of the trials go on at each of a few steps: after 1, 4, 16 … times the first one, the best quarter of those that
/// have come so far. Li and others, "A System for Massively Parallel Hyperparameter Tuning" (ASHA), 2020, without waiting for a
/// whole round.
/// </summary>
/// <param name="firstStep">The first of the steps, 1 or more. Default: 1.</param>
/// <param name="factor">One in so many trials goes on, after so many times the steps: 2 or more. Default: 4.</param>
public sealed class SuccessiveHalving(int firstStep = 1, int factor = 4) : Pruner
{
    private readonly int _firstStep = firstStep >= 1 ? firstStep : throw new ArgumentOutOfRangeException(nameof(firstStep), firstStep, "Expected step 1 or a later one.");
    private readonly int _factor = factor >= 2 ? factor : throw new ArgumentOutOfRangeException(nameof(factor), factor, "Expected a factor of 2 or more.");

    /// <inheritdoc/>
    public override bool IsHopeless(ReadOnlySpan<double> losses, IReadOnlyList<ImmutableArray<double>> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        var step = losses.Length;
        if (!IsRung(step))
            return false;
        var own = losses[step - 1];
        var there = others.Where(other => other.Length >= step).Select(other => other[step - 1]).ToArray();
        var places = Math.Max(1, (there.Length + 1) / _factor);
        return !double.IsFinite(own) || there.Count(other => other <= own) >= places;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{nameof(SuccessiveHalving)}, from step {_firstStep}, factor {_factor}");

    private bool IsRung(int step)
    {
        long rung = _firstStep;
        while (rung < step)
            rung *= _factor;
        return rung == step;
    }
}
