using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>
/// What Adam and its relatives are set by: they have moving averages of gradients and of a measure of their size, both of which start at
/// 0 and are corrected for that.
/// </summary>
internal readonly struct MomentSettings
{
    /// <summary>Checks the figures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public MomentSettings(double beta1, double beta2, float epsilon)
    {
        Beta1 = Figures.RequireFraction(beta1, nameof(beta1));
        Beta2 = Figures.RequireFraction(beta2, nameof(beta2));
        Epsilon = Figures.RequireFinitePositive(epsilon, nameof(epsilon));
    }

    /// <summary>β₁, the fraction of the gradients' average that is kept at each step.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the fraction of the average of sizes that is kept at each step.</summary>
    public double Beta2 { get; }

    /// <summary>ε, which keeps the divisor above 0.</summary>
    public float Epsilon { get; }

    /// <summary>Adds the figures to those of an optimizer.</summary>
    public void Describe(SettingList settings)
    {
        settings.Add("beta1", Beta1);
        settings.Add("beta2", Beta2);
        settings.Add("epsilon", Epsilon);
    }

    /// <summary>The averages' factors. In double first: 1 − β₂ has few digits left in float.</summary>
    public MomentFactors<TVector> Factors<TVector>()
        where TVector : struct, IVector<TVector> =>
        new((float)Beta1, (float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2));
}
