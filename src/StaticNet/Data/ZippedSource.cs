namespace StaticNet.Data;

/// <summary>Sources side by side: a sample has the inputs of all of them, one after the other, and likewise the
/// targets.</summary>
internal sealed class ZippedSource : DataSource
{
    private readonly DataSource[] _sources;
    private readonly DataSource? _weighted;

    /// <exception cref="ArgumentException">There is no source, their counts differ, several have weights, or samples would be too
    /// long.</exception>
    public ZippedSource(ReadOnlySpan<DataSource> sources)
    {
        if (sources.IsEmpty)
            throw new ArgumentException("Expected one source or more, but got none.", nameof(sources));
        _sources = sources.ToArray();
        var (inputs, targets) = (0L, 0L);
        for (var index = 0; index < sources.Length; index++)
        {
            var source = sources[index];
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
            if (source.Count != sources[0].Count)
                throw new ArgumentException($"Expected the same number of samples in each source; source 1 has {sources[0].Count}, source {index + 1} {source.Count}.", nameof(sources));
            if (source.HasSampleWeights && _weighted is not null)
                throw new ArgumentException("Expected weights in at most one source; several have them. Set them on the zipped source with WithSampleWeights.", nameof(sources));
            if (source.HasSampleWeights)
                _weighted = source;
            if (source.SequenceSteps > 0)
                throw new ArgumentException($"Expected sources without sequence lengths; source {index + 1} has them. Set them on the zipped source with WithSequenceLengths.", nameof(sources));
            inputs += source.InputLength;
            targets += source.TargetLength;
        }

        if (Math.Max(inputs, targets) > Array.MaxLength)
            throw new ArgumentException($"Expected samples of at most {Array.MaxLength} numbers; they have more.", nameof(sources));
        (InputLength, TargetLength) = ((int)inputs, (int)targets);
    }

    /// <inheritdoc/>
    public override int Count => _sources[0].Count;

    /// <inheritdoc/>
    public override int InputLength { get; }

    /// <inheritdoc/>
    public override int TargetLength { get; }

    /// <inheritdoc/>
    public override bool HasSampleWeights => _weighted is not null;

    /// <inheritdoc/>
    public override string PlaceOf(int sample) => _sources[0].PlaceOf(sample);

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        Require(samples, InputLength, inputs);
        var offset = 0;
        foreach (var source in _sources)
        {
            // Sample by sample, right into place: the rows of one source lie apart from each other.
            for (var i = 0; i < samples.Length; i++)
                source.GatherInputs(samples.Slice(i, 1), inputs.Slice((i * InputLength) + offset, source.InputLength));
            offset += source.InputLength;
        }
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, TargetLength, targets);
        var offset = 0;
        foreach (var source in _sources)
        {
            for (var i = 0; i < samples.Length && source.TargetLength > 0; i++)
                source.GatherTargets(samples.Slice(i, 1), targets.Slice((i * TargetLength) + offset, source.TargetLength));
            offset += source.TargetLength;
        }
    }

    /// <inheritdoc/>
    public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
    {
        if (_weighted is null)
            base.GatherSampleWeights(samples, weights);
        else
            _weighted.GatherSampleWeights(samples, weights);
    }
}
