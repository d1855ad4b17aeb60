namespace StaticNet.Data;

/// <summary>The samples of several sources, one source after the other.</summary>
internal sealed class ConcatenatedSource : DataSource
{
    private const int Chunk = 256;

    private readonly DataSource[] _sources;
    private readonly int[] _ends;

    /// <exception cref="ArgumentException">There is no source, their samples have other lengths, or there are too
    /// many.</exception>
    public ConcatenatedSource(ReadOnlySpan<DataSource> sources)
    {
        if (sources.IsEmpty)
            throw new ArgumentException("Expected one source or more, but got none.", nameof(sources));
        _sources = sources.ToArray();
        _ends = new int[sources.Length];
        var count = 0L;
        for (var index = 0; index < sources.Length; index++)
        {
            var source = sources[index];
            ArgumentNullException.ThrowIfNull(source, nameof(sources));
            if (source.InputLength != sources[0].InputLength || source.TargetLength != sources[0].TargetLength)
            {
                throw new ArgumentException(
                    $"Expected samples of the same lengths; source 1 has {sources[0].InputLength} inputs and {sources[0].TargetLength} targets per sample, source {index + 1} {source.InputLength} and {source.TargetLength}.",
                    nameof(sources));
            }

            if (source.SequenceSteps > 0 && SequenceSteps > 0 && source.SequenceSteps != SequenceSteps)
                throw new ArgumentException($"Expected sequences with room for the same number of steps; some have {SequenceSteps}, those of source {index + 1} {source.SequenceSteps}.", nameof(sources));
            SequenceSteps = Math.Max(SequenceSteps, source.SequenceSteps);
            count += source.Count;
            if (count > Array.MaxLength)
                throw new ArgumentException($"Expected at most {Array.MaxLength} samples together; there are more.", nameof(sources));
            _ends[index] = (int)count;
        }
    }

    private delegate void Gathering(DataSource source, ReadOnlySpan<int> samples, Span<float> destination);

    /// <inheritdoc/>
    public override int Count => _ends[^1];

    /// <inheritdoc/>
    public override int InputLength => _sources[0].InputLength;

    /// <inheritdoc/>
    public override int TargetLength => _sources[0].TargetLength;

    /// <inheritdoc/>
    public override bool HasSampleWeights => Array.Exists(_sources, source => source.HasSampleWeights);

    /// <inheritdoc/>
    public override int SequenceSteps { get; }

    /// <inheritdoc/>
    public override string PlaceOf(int sample)
    {
        RequireSamples([sample]);
        var (source, own) = Find(sample);
        return $"{_sources[source].PlaceOf(own)} of source {source + 1}";
    }

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        Require(samples, InputLength, inputs);
        Gather(samples, inputs, InputLength, static (source, own, destination) => source.GatherInputs(own, destination));
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, TargetLength, targets);
        Gather(samples, targets, TargetLength, static (source, own, destination) => source.GatherTargets(own, destination));
    }

    /// <inheritdoc/>
    public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
    {
        Require(samples, 1, weights);
        Gather(samples, weights, 1, static (source, own, destination) => source.GatherSampleWeights(own, destination));
    }

    /// <inheritdoc/>
    public override void GatherSequenceLengths(ReadOnlySpan<int> samples, Span<int> lengths)
    {
        RequireSequences(samples, lengths);
        for (var index = 0; index < samples.Length; index++)
        {
            var (source, own) = Find(samples[index]);
            if (_sources[source].SequenceSteps > 0)
                _sources[source].GatherSequenceLengths([own], lengths.Slice(index, 1));
            else
                lengths[index] = SequenceSteps;
        }
    }

    /// <summary>Gathers consecutive samples of one source together.</summary>
    private void Gather(ReadOnlySpan<int> samples, Span<float> destination, int length, Gathering gather)
    {
        Span<int> numbers = stackalloc int[Chunk];
        for (var start = 0; start < samples.Length;)
        {
            var source = Find(samples[start]).Source;
            var count = 0;
            while (count < Chunk && start + count < samples.Length && Find(samples[start + count]) is var found && found.Source == source)
                numbers[count++] = found.Own;
            gather(_sources[source], numbers[..count], destination.Slice(start * length, count * length));
            start += count;
        }
    }

    /// <summary>The source of a sample, and its number there.</summary>
    private (int Source, int Own) Find(int sample)
    {
        var source = Array.BinarySearch(_ends, sample + 1);
        if (source < 0)
            source = ~source;
        // Sources without samples have the same end as the one before.
        while (source > 0 && _ends[source - 1] > sample)
            source--;
        return (source, sample - (source == 0 ? 0 : _ends[source - 1]));
    }
}
