namespace StaticNet;

/// <summary>Samples for one training step. A view: it owns nothing.</summary>
/// <remarks>What another thread writes to it while a call works on it makes results wrong, but touches no other memory.</remarks>
public readonly ref struct Batch
{
    /// <summary>Makes a batch whose loss is the mean over its samples.</summary>
    /// <param name="inputs">[count × InputLength], row-major.</param>
    /// <param name="targets">[count × TargetLength], row-major; class indices are floats.</param>
    /// <param name="count">The number of samples, 1 or more.</param>
    public Batch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Inputs = inputs;
        Targets = targets;
        Count = count;
        Scale = 1f / count;
    }

    /// <summary>[count × InputLength], row-major.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>[count × TargetLength], row-major.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>A factor for each sample's loss, or empty, which means 1 for each.</summary>
    public ReadOnlySpan<float> SampleWeights { get; init; }

    /// <summary>
    /// The factor of the sum over samples, for loss and gradients alike; 1 / count by default. When several micro-batches
    /// make one step, 1 / the number of all their samples.
    /// </summary>
    public float Scale { get; init; }

    /// <summary>
    /// The number of the first sample, counted over the whole training. Dropout draws from it, so that a run repeats exactly.
    /// </summary>
    public ulong FirstSample { get; init; }

    /// <summary>
    /// False stores the gradients (the default); true adds to those that are there, as the second and later micro-batches of
    /// one step do.
    /// </summary>
    public bool Accumulate { get; init; }

    /// <summary>
    /// Whether inputs and targets are in the network's own numbers. A network with a <see cref="Scaling"/> refuses a batch that does not say
    /// so, which may be in the user's; without one it does not matter. Default: false.
    /// </summary>
    public bool IsScaled { get; init; }
}
