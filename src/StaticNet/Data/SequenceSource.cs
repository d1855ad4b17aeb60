namespace StaticNet.Data;

/// <summary>A source with the lengths of its sequences.</summary>
internal sealed class SequenceSource : SourceWrapper
{
    private readonly int[] _lengths;

    public SequenceSource(DataSource source, ReadOnlySpan<int> sequenceLengths, int steps)
        : base(source)
    {
        Require(source, sequenceLengths, steps);
        (_lengths, SequenceSteps) = (sequenceLengths.ToArray(), steps);
    }

    /// <inheritdoc/>
    public override int SequenceSteps { get; }

    /// <inheritdoc/>
    public override void GatherSequenceLengths(ReadOnlySpan<int> samples, Span<int> lengths)
    {
        RequireSequences(samples, lengths);
        for (var i = 0; i < samples.Length; i++)
            lengths[i] = _lengths[samples[i]];
    }

    /// <summary>Checks lengths of sequences.</summary>
    /// <exception cref="ArgumentException">There is not one for each sample, one is outside its range, or the steps do not divide an input.</exception>
    internal static void Require(DataSource source, ReadOnlySpan<int> sequenceLengths, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (source.InputLength % steps != 0)
            throw new ArgumentException($"Expected inputs of {steps} steps; {source.InputLength} numbers are not a multiple.", nameof(steps));
        if (sequenceLengths.Length != source.Count)
            throw new ArgumentException($"Expected {source.Count} sequence lengths, one for each sample, but got {sequenceLengths.Length}.", nameof(sequenceLengths));
        for (var sample = 0; sample < sequenceLengths.Length; sample++)
        {
            if (sequenceLengths[sample] < 1 || sequenceLengths[sample] > steps)
                throw new ArgumentException($"Expected sequences of 1 to {steps} steps; that of {source.PlaceOf(sample)} has {sequenceLengths[sample]}.", nameof(sequenceLengths));
        }
    }
}
