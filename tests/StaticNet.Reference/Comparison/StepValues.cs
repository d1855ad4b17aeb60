namespace StaticNet.Reference.Comparison;

/// <summary>What a network has shown of its last training step, in the logical order and without padding.</summary>
public sealed class StepValues : IStepTrace
{
    private readonly Dictionary<(string Layer, StepValue Kind), double[][]> _values = [];

    /// <summary>For each layer and kind, in the order in which they were shown, the values of each sample.</summary>
    public IReadOnlyDictionary<(string Layer, StepValue Kind), double[][]> All => _values;

    /// <summary>How each of them stood in memory.</summary>
    public Dictionary<(string Layer, StepValue Kind), ValueLayout> Layouts { get; } = [];

    /// <summary>Asks a network.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network, after a step.</param>
    /// <param name="count">The samples of its batch.</param>
    public static StepValues Of<TNetwork>(TNetwork network, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var values = new StepValues();
        network.TraceStep(count, values);
        return values;
    }

    /// <inheritdoc/>
    public void Visit(string layer, StepValue kind, ReadOnlySpan<float> values, ValueLayout layout)
    {
        var unpacked = new float[values.Length / layout.SampleLength * layout.Length];
        layout.Unpack(values, unpacked);
        Layouts.Add((layer, kind), layout);
        _values.Add((layer, kind), [.. unpacked.Chunk(layout.Length).Select(sample => GeneratedParameters.Doubles(sample))]);
    }

    /// <summary>Whether another step has left the same.</summary>
    public bool HasSameBits(StepValues other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _values.Keys.SequenceEqual(other._values.Keys)
            && _values.All(pair => pair.Value.SelectMany(sample => sample).SequenceEqual(other._values[pair.Key].SelectMany(sample => sample)));
    }

    /// <summary>
    /// What a dropout layer has kept, as its own output shows (see <see cref="DropoutMask"/>); all, if no loss depends on it. An
    /// element that was zero before counts as dropped.
    /// </summary>
    public bool[] Kept(string layer, int sample, int length)
    {
        if (!_values.TryGetValue((layer, StepValue.Output), out var samples))
            return [.. Enumerable.Repeat(true, length)];
        var values = samples[sample];
        var share = values.Length / length;
        return [.. Enumerable.Range(0, length).Select(index => values.AsSpan(index * share, share).IndexOfAnyExcept(0) >= 0)];
    }
}
