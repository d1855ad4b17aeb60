namespace StaticNet;

/// <summary>Samples for one training step. A view: it owns nothing.</summary>
/// <remarks>If another thread writes to it during a call, the results are wrong, but no other memory is touched.</remarks>
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

    /// <summary>A factor for each sample's loss; empty means 1 for each.</summary>
    public ReadOnlySpan<float> SampleWeights { get; init; }

    /// <summary>
    /// The number of steps that each sample's sequence has, 1 up to the network's steps; empty means all of them for each. Only for networks
    /// whose samples are sequences.
    /// </summary>
    /// <remarks>
    /// A sequence counts exactly as it would in a network of that many steps: its loss is the mean over the steps that it has (with
    /// <see cref="Reduction.Sum"/>, their sum), the last step is the last one that it has, and layers in reverse begin there, as
    /// PyTorch's packed sequences do. The inputs of the other steps can be any finite numbers, their targets any numbers, and their outputs
    /// have no meaning.
    /// </remarks>
    public ReadOnlySpan<int> SequenceLengths { get; init; }

    /// <summary>
    /// The factor of the sum over samples, for both loss and gradients; 1 / count by default. If several micro-batches make one
    /// step, set it to 1 / the number of all their samples.
    /// </summary>
    public float Scale { get; init; }

    /// <summary>
    /// The number of the first sample, counted over the whole run. Dropout draws from it, so a run can be repeated exactly.
    /// </summary>
    public ulong FirstSample { get; init; }

    /// <summary>
    /// False stores the gradients (the default); true adds them to the existing ones, for the second and later micro-batches of
    /// one step.
    /// </summary>
    public bool Accumulate { get; init; }

    /// <summary>
    /// Whether inputs and targets are in the network's own numbers. A network with a <see cref="Scaling"/> refuses a batch that
    /// is not marked so, since it may be in the user's numbers; without a scaling, it does not matter. Default: false.
    /// </summary>
    public bool IsScaled { get; init; }
}
