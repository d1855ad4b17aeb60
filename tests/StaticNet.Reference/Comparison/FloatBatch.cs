namespace StaticNet.Reference.Comparison;

/// <summary>A reference batch in the form that generated networks take.</summary>
/// <param name="source">The samples.</param>
public sealed class FloatBatch(ReferenceBatch source)
{
    private readonly float[] _inputs = GeneratedParameters.Floats(source.Inputs.SelectMany(values => values));
    private readonly float[] _targets = GeneratedParameters.Floats(source.Targets.SelectMany(values => values));
    private readonly float[] _weights = GeneratedParameters.Floats(source.SampleWeights ?? []);

    /// <summary>All samples.</summary>
    public Batch All => Part(0, Count, accumulate: false);

    /// <summary>The number of samples.</summary>
    public int Count => source.Inputs.Length;

    /// <summary>All inputs, sample by sample.</summary>
    public ReadOnlySpan<float> Inputs => _inputs;

    /// <summary>Some of the samples, with the scale of them all.</summary>
    public Batch Part(int begin, int end, bool accumulate)
    {
        var (inputs, targets) = (_inputs.Length / Count, _targets.Length / Count);
        return new Batch(
            _inputs.AsSpan((begin * inputs)..(end * inputs)), _targets.AsSpan((begin * targets)..(end * targets)), end - begin)
        {
            SampleWeights = _weights.Length == 0 ? default : _weights.AsSpan(begin, end - begin),
            SequenceLengths = source.SequenceLengths is { } lengths ? lengths.AsSpan(begin, end - begin) : default,
            Scale = (float)source.Scale,
            FirstSample = (ulong)begin,
            Accumulate = accumulate,
        };
    }
}
