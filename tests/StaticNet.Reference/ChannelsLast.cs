namespace StaticNet.Reference;

/// <summary>Samples with their channels (the first axis) at the end, and back.</summary>
internal static class ChannelsLast
{
    /// <summary>[position…, channel] to [channel, position…].</summary>
    /// <param name="values">A sample.</param>
    /// <param name="shape">Its shape, channels first.</param>
    public static double[] ToFirst(double[] values, IReadOnlyList<int> shape)
    {
        var result = new double[values.Length];
        var positions = values.Length / shape[0];
        for (var index = 0; index < values.Length; index++)
            result[index] = values[(index % positions * shape[0]) + (index / positions)];
        return result;
    }

    /// <summary>[channel, position…] to [position…, channel].</summary>
    /// <param name="values">A sample.</param>
    /// <param name="shape">Its shape, channels first.</param>
    public static double[] FromFirst(double[] values, IReadOnlyList<int> shape)
    {
        var result = new double[values.Length];
        var positions = values.Length / shape[0];
        for (var index = 0; index < values.Length; index++)
            result[(index % positions * shape[0]) + (index / positions)] = values[index];
        return result;
    }
}
