namespace StaticNet.Data;

/// <summary>What a scaler needs to know of one feature.</summary>
internal struct FeatureStatistics
{
    private const int Chunk = 256;

    public float Minimum;
    public float Maximum;
    public double Mean;

    /// <summary>The standard deviation of the population.</summary>
    public double Deviation;

    /// <summary>Asked of the values themselves: a computed deviation of a constant need not be exactly 0.</summary>
    public readonly bool IsConstant => Minimum == Maximum;

    /// <summary>
    /// Computes the statistics of each feature in two passes, so that a large mean costs no precision. A feature has
    /// <paramref name="width"/> numbers in a row's succession.
    /// </summary>
    public static FeatureStatistics[] Of(ReadOnlySpan<float> rows, int length, int width)
    {
        var features = Begin(length, width);
        if (rows.IsEmpty || rows.Length % (length * width) != 0)
            throw new ArgumentException(
                $"Expected at least one row of {length * width} numbers, but got {rows.Length} numbers.", nameof(rows));
        AddValues(features, rows, width, 0);
        Average(features, rows.Length / length);
        AddSquares(features, rows, width);
        return End(features, rows.Length / length);
    }

    /// <summary>The same of a source's inputs, read twice by a few samples at a time.</summary>
    public static FeatureStatistics[] Of(DataSource source, int length, int width)
    {
        ArgumentNullException.ThrowIfNull(source);
        var features = Begin(length, width);
        if (source.Count == 0 || source.InputLength % (length * width) != 0)
            throw new ArgumentException(
                $"Expected at least one sample with inputs of {length * width} numbers or a multiple, but got {source.Count} samples of " +
                $"{source.InputLength}.", nameof(source));
        var rowsPerSample = source.InputLength / (length * width);
        var count = (double)source.Count * rowsPerSample * width;
        Read(source, (rows, first) => AddValues(features, rows.Span, width, first * rowsPerSample));
        Average(features, count);
        Read(source, (rows, _) => AddSquares(features, rows.Span, width));
        return End(features, count);
    }

    private static FeatureStatistics[] Begin(int length, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)length * width, Array.MaxLength, nameof(width));
        var features = new FeatureStatistics[length];
        features.AsSpan().Fill(new FeatureStatistics { Minimum = float.PositiveInfinity, Maximum = float.NegativeInfinity });
        return features;
    }

    private static void Read(DataSource source, Action<ReadOnlyMemory<float>, long> add)
    {
        var chunk = Math.Min(source.Count, Math.Max(1, Math.Min(Chunk, Array.MaxLength / source.InputLength)));
        var samples = new int[chunk];
        var inputs = new float[chunk * source.InputLength];
        for (var start = 0; start < source.Count; start += chunk)
        {
            var count = Math.Min(chunk, source.Count - start);
            for (var i = 0; i < count; i++)
                samples[i] = start + i;
            var rows = inputs.AsMemory(0, count * source.InputLength);
            source.GatherInputs(samples.AsSpan(0, count), rows.Span);
            add(rows, start);
        }
    }

    private static void AddValues(FeatureStatistics[] features, ReadOnlySpan<float> rows, int width, long firstRow)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var value = rows[i];
            if (!float.IsFinite(value))
            {
                throw new ArgumentException(
                    $"Expected finite numbers; feature {i / width % features.Length} of row " +
                    $"{firstRow + (i / width / features.Length)} is {value}.", nameof(rows));
            }
            ref var feature = ref features[i / width % features.Length];
            feature.Minimum = Math.Min(feature.Minimum, value);
            feature.Maximum = Math.Max(feature.Maximum, value);
            feature.Mean += value;
        }
    }

    private static void Average(FeatureStatistics[] features, double count)
    {
        foreach (ref var feature in features.AsSpan())
            feature.Mean /= count;
    }

    private static void AddSquares(FeatureStatistics[] features, ReadOnlySpan<float> rows, int width)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref var feature = ref features[i / width % features.Length];
            var difference = rows[i] - feature.Mean;
            feature.Deviation += difference * difference;
        }
    }

    private static FeatureStatistics[] End(FeatureStatistics[] features, double count)
    {
        foreach (ref var feature in features.AsSpan())
            feature.Deviation = Math.Sqrt(feature.Deviation / count);
        return features;
    }
}
