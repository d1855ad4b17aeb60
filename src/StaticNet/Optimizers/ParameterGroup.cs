using System.Collections.Immutable;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Optimizers;

/// <summary>Parameters, chosen by their names, for which an optimizer has separate settings.</summary>
/// <remarks>
/// A pattern is matched against a parameter's full name (<c>block1.conv1.weight</c>) and the name of its layer
/// (<c>block1.conv1</c>); <c>*</c> matches any characters, including dots, or none. A parameter belongs only to the first group
/// of <see cref="Optimizer.Groups"/> with a matching pattern; parameters in no group have the optimizer's settings. A group is
/// for one optimizer.
/// </remarks>
/// <example><code>
/// new AdamW(1e-3f)
/// {
///     Groups =
///     [
///         new ParameterGroup("block1.*") { LearningRateFactor = 0.1f, WeightDecay = 0 },
///         new ParameterGroup("conv1", "conv2") { Frozen = true },
///         new ParameterGroup("dense*") { MaxNorm = 3 },
///     ],
/// };
/// </code></example>
public sealed class ParameterGroup : IDescribed
{
    private readonly float _learningRateFactor = 1;
    private readonly float? _weightDecay;
    private readonly float? _l1;
    private readonly float? _maxNorm;
    private float? _learningRate;
    private Optimizer? _owner;

    /// <summary>Makes a group.</summary>
    /// <param name="patterns">At least one pattern; a parameter belongs to the group if one of them matches.</param>
    /// <exception cref="ArgumentException">There is no pattern, or an empty one.</exception>
    public ParameterGroup(params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Length == 0 || patterns.Any(string.IsNullOrEmpty))
            throw new ArgumentException("Expected at least one pattern of a name, none of them empty.", nameof(patterns));
        Patterns = [.. patterns];
    }

    /// <summary>The patterns.</summary>
    public ImmutableArray<string> Patterns { get; }

    /// <summary>
    /// The learning rate instead of the optimizer's, finite and 0 or more; null for that of the optimizer. It is also multiplied
    /// by the schedule's factor. It may be changed between steps.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float? LearningRate
    {
        get => _learningRate;
        set => _learningRate = Figures.RequireFinite(value, nameof(LearningRate));
    }

    /// <summary>A factor of the learning rate, finite and 0 or more. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRateFactor
    {
        get => _learningRateFactor;
        init => _learningRateFactor = Figures.RequireFinite(value, nameof(LearningRateFactor));
    }

    /// <summary>The weight decay instead of the optimizer's, finite and 0 or more; null for that of the optimizer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float? WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = Figures.RequireFinite(value, nameof(WeightDecay));
    }

    /// <summary>The factor of the L1 penalty instead of the optimizer's, finite and 0 or more; null for that of the optimizer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float? L1
    {
        get => _l1;
        init => _l1 = Figures.RequireFinite(value, nameof(L1));
    }

    /// <summary>Whether penalties apply to every parameter of the group, not to weights only; null for that of the optimizer choice.</summary>
    public bool? DecayAll { get; init; }

    /// <summary>
    /// The largest norm of a unit's incoming weights instead of the optimizer's, above 0; infinity for none, null for the
    /// optimizer's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float? MaxNorm
    {
        get => _maxNorm;
        init => _maxNorm = Figures.RequireLimit(value, nameof(MaxNorm));
    }

    /// <summary>Whether the group starts frozen. <see cref="Optimizer.Unfreeze"/> unfreezes it.</summary>
    public bool Frozen { get; init; }

    /// <summary>Gives the group to an optimizer: its learning rate changes in training, so two optimizers would interfere with each other.</summary>
    /// <returns>Whether it had none.</returns>
    internal bool TryOwn(Optimizer optimizer) => Interlocked.CompareExchange(ref _owner, optimizer, null) is null;

    /// <summary>Whether the group is that of no optimizer yet.</summary>
    internal bool IsFree => _owner is null;

    /// <inheritdoc/>
    public void Describe(SettingList settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Add("patterns", string.Join(", ", Patterns));
        settings.Add("learning_rate", LearningRate);
        settings.Add("learning_rate_factor", LearningRateFactor);
        settings.Add("weight_decay", WeightDecay);
        settings.Add("l1", L1);
        settings.Add("decay_all", DecayAll);
        settings.Add("max_norm", MaxNorm);
        settings.Add("frozen", Frozen);
    }
}
