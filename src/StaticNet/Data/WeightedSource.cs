namespace StaticNet.Data;

/// <summary>A source with other sample weights.</summary>
internal sealed class WeightedSource : SourceWrapper
{
    private readonly float[] _weights;

    public WeightedSource(DataSource source, ReadOnlySpan<float> sampleWeights)
        : base(source)
    {
        ClassWeights.RequireWeights(sampleWeights, source.Count);
        _weights = sampleWeights.ToArray();
    }

    /// <inheritdoc/>
    public override bool HasSampleWeights => true;

    /// <inheritdoc/>
    public override void GatherSampleWeights(ReadOnlySpan<int> samples, Span<float> weights)
    {
        Require(samples, 1, weights);
        for (var i = 0; i < samples.Length; i++)
            weights[i] = _weights[samples[i]];
    }
}
