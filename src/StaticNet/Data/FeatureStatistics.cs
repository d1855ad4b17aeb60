namespace StaticNet.Data;

/// <summary>What a scaler needs to know of one feature.</summary>
internal struct FeatureStatistics
{
    public float Minimum;
    public float Maximum;
    public double Mean;

    /// <summary>The standard deviation of the population.</summary>
    public double Deviation;

    /// <summary>Asked of the values themselves: a computed deviation of a constant need not be exactly 0.</summary>
    public readonly bool IsConstant => Minimum == Maximum;

    /// <summary>Computes the statistics of each feature in two passes, so that a large mean costs no precision.</summary>
    public static FeatureStatistics[] Of(ReadOnlySpan<float> rows, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (rows.IsEmpty || rows.Length % length != 0)
            throw new ArgumentException(
                $"Expected at least one row of {length} features; {rows.Length} numbers came.", nameof(rows));
        var features = new FeatureStatistics[length];
        features.AsSpan().Fill(new FeatureStatistics { Minimum = float.PositiveInfinity, Maximum = float.NegativeInfinity });
        var count = rows.Length / length;
        for (var i = 0; i < rows.Length; i++)
        {
            var value = rows[i];
            if (!float.IsFinite(value))
                throw new ArgumentException(
                    $"Expected finite numbers; feature {i % length} of row {i / length} is {value}.", nameof(rows));
            ref var feature = ref features[i % length];
            feature.Minimum = Math.Min(feature.Minimum, value);
            feature.Maximum = Math.Max(feature.Maximum, value);
            feature.Mean += value;
        }
        foreach (ref var feature in features.AsSpan())
            feature.Mean /= count;
        for (var i = 0; i < rows.Length; i++)
        {
            ref var feature = ref features[i % length];
            var difference = rows[i] - feature.Mean;
            feature.Deviation += difference * difference;
        }
        foreach (ref var feature in features.AsSpan())
            feature.Deviation = Math.Sqrt(feature.Deviation / count);
        return features;
    }
}
