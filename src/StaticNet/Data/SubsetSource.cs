namespace StaticNet.Data;

/// <summary>Some samples of another source, in another order.</summary>
internal sealed class SubsetSource : DataSource
{
    private const int Chunk = 256;

    private readonly DataSource _source;
    private readonly int[] _samples;

    public SubsetSource(DataSource source, ReadOnlySpan<int> samples)
    {
        foreach (var sample in samples)
        {
            if ((uint)sample >= (uint)source.Count)
                throw new ArgumentOutOfRangeException(
                    nameof(samples), sample, $"Expected numbers of samples from 0 to {source.Count - 1}.");
        }
        _source = source;
        _samples = samples.ToArray();
    }

    /// <inheritdoc/>
    public override int Count => _samples.Length;

    /// <inheritdoc/>
    public override int InputLength => _source.InputLength;

    /// <inheritdoc/>
    public override int TargetLength => _source.TargetLength;

    /// <inheritdoc/>
    public override bool HasSampleWeights => _source.HasSampleWeights;

    /// <inheritdoc/>
    public override string PlaceOf(int sample)
    {
        RequireSamples([sample]);
        return _source.PlaceOf(_samples[sample]);
    }

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        Require(samples, InputLength, inputs);
        Span<int> numbers = stackalloc int[Chunk];
        for (; !samples.IsEmpty; samples = samples[Math.Min(Chunk, samples.Length)..])
        {
            var chunk = Translate(samples, numbers);
            _source.GatherInputs(chunk, inputs[..(chunk.Length * InputLength)]);
            inputs = inputs[(chunk.Length * InputLength)..];
        }
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, TargetLength, targets);
        Span<int> numbers = stackalloc int[Chunk];
        for (; !samples.IsEmpty; samples = samples[Math.Min(Chunk, samples.Length)..])
        {
            var chunk = Translate(samples, numbers);
            _source.GatherTargets(chunk, targets[..(chunk.Length * TargetLength)]);
            targets = targets[(chunk.Length * TargetLength)..];
        }
    }

    /// <inheritdoc/>
    public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
    {
        Require(samples, 1, weights);
        Span<int> numbers = stackalloc int[Chunk];
        for (; !samples.IsEmpty; samples = samples[Math.Min(Chunk, samples.Length)..])
        {
            var chunk = Translate(samples, numbers);
            _source.GatherSampleWeights(chunk, weights[..chunk.Length]);
            weights = weights[chunk.Length..];
        }
    }

    /// <inheritdoc/>
    public override int SequenceSteps => _source.SequenceSteps;

    /// <inheritdoc/>
    public override void GatherSequenceLengths(ReadOnlySpan<int> samples, Span<int> lengths)
    {
        RequireSequences(samples, lengths);
        Span<int> numbers = stackalloc int[Chunk];
        for (; !samples.IsEmpty; samples = samples[Math.Min(Chunk, samples.Length)..])
        {
            var chunk = Translate(samples, numbers);
            _source.GatherSequenceLengths(chunk, lengths[..chunk.Length]);
            lengths = lengths[chunk.Length..];
        }
    }

    private ReadOnlySpan<int> Translate(ReadOnlySpan<int> samples, Span<int> numbers)
    {
        var chunk = numbers[..Math.Min(numbers.Length, samples.Length)];
        for (var i = 0; i < chunk.Length; i++)
            chunk[i] = _samples[samples[i]];
        return chunk;
    }
}
