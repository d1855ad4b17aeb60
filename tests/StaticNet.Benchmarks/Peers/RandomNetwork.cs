namespace StaticNet.Benchmarks.Peers;

/// <summary>Networks to measure.</summary>
internal static class RandomNetwork
{
    private const ulong Seed = 1;

    /// <summary>
    /// Makes a network whose weights are freshly initialised; biases, and the gains and statistics of normalisation, are random
    /// too, for zeros and ones compare nothing.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="hasRoundedWeights">Whether weights are rounded to what 16 bits hold.</param>
    public static TNetwork Create<TNetwork>(bool hasRoundedWeights = false)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(Seed);
        var random = new Random((int)Seed);
        foreach (var parameter in TNetwork.ParameterTable.Parameters)
        {
            if (Centre(parameter) is not { } centre)
                continue;
            var values = new float[parameter.Count];
            foreach (ref var value in values.AsSpan())
                value = centre + ((random.NextSingle() - 0.5f) / 5);
            parameter.Pack(values, network.Weights.Edit());
        }

        // The upper half of a float is such a number.
        foreach (ref var value in hasRoundedWeights ? network.Weights.Edit() : [])
            value = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) & unchecked((int)0xffff0000));
        return network;
    }

    // The middle of the values that are drawn; null leaves what is there.
    private static float? Centre(ParameterInfo parameter) => parameter switch
    {
        { Kind: ParameterKind.Bias } => 0,
        { Kind: ParameterKind.Gain } => 1,
        { Kind: ParameterKind.Statistic } when parameter.Name.EndsWith(".running_mean", StringComparison.Ordinal) => 0,
        { Kind: ParameterKind.Statistic } when parameter.Name.EndsWith(".running_var", StringComparison.Ordinal) => 1,
        _ => null,
    };
}
