using System.Collections.Immutable;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Schedules;

/// <summary>
/// A factor up to the first boundary, another one from there to the second, and so on. PyTorch's MultiStepLR, with any factors;
/// used by He et al., 2015, among many others.
/// </summary>
/// <example><code>new PiecewiseConstant(boundaries: [1000, 2000], factors: [1, 0.1f, 0.01f])</code></example>
public sealed class PiecewiseConstant : Schedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="boundaries">The steps at which the next factor begins, each above the one before, the first above 0.</param>
    /// <param name="factors">One more factor than there are boundaries, each finite and 0 or more.</param>
    /// <exception cref="ArgumentException">The numbers of both do not fit, or the boundaries do not ascend.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
    public PiecewiseConstant(ImmutableArray<long> boundaries, ImmutableArray<float> factors)
    {
        RequireBoundaries(boundaries, factors.IsDefault ? 0 : factors.Length, "factors");
        foreach (var factor in factors)
            Figures.RequireFinite(factor, nameof(factors));
        Boundaries = boundaries;
        Factors = factors;
    }

    /// <summary>The steps at which the next factor begins.</summary>
    public ImmutableArray<long> Boundaries { get; }

    /// <summary>The factors.</summary>
    public ImmutableArray<float> Factors { get; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("boundaries", Boundaries.AsSpan());
        settings.Add("factors", Factors.AsSpan());
    }

    /// <inheritdoc/>
    public override float At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Factors[PieceAt(Boundaries, step)];
    }
}
