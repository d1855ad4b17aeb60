namespace StaticNet.Data;

/// <summary>Another source's samples; what derives from it changes one thing about them.</summary>
internal abstract class SourceWrapper(DataSource source) : DataSource
{
    /// <summary>The source that is read.</summary>
    protected DataSource Source { get; } = source;

    /// <inheritdoc/>
    public override int Count => Source.Count;

    /// <inheritdoc/>
    public override int InputLength => Source.InputLength;

    /// <inheritdoc/>
    public override int TargetLength => Source.TargetLength;

    /// <inheritdoc/>
    public override bool HasSampleWeights => Source.HasSampleWeights;

    /// <inheritdoc/>
    public override int SequenceSteps => Source.SequenceSteps;

    /// <inheritdoc/>
    public override string PlaceOf(int sample) => Source.PlaceOf(sample);

    /// <inheritdoc/>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs) => Source.GatherInputs(samples, inputs);

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets) => Source.GatherTargets(samples, targets);

    /// <inheritdoc/>
    public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights) =>
        Source.GatherSampleWeights(samples, weights);

    /// <inheritdoc/>
    public override void GatherSequenceLengths(ReadOnlySpan<int> samples, Span<int> lengths) => Source.GatherSequenceLengths(samples, lengths);
}
