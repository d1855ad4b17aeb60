namespace StaticNet.Benchmarks.Peers;

/// <summary>Networks to measure.</summary>
internal static class RandomNetwork
{
    private const ulong Seed = 1;

    /// <summary>Makes a network whose weights are freshly initialised and whose biases are random too: zeros compare nothing.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    public static TNetwork Create<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(Seed);
        var random = new Random((int)Seed);
        foreach (var parameter in TNetwork.ParameterTable.Parameters.Where(parameter => parameter.Kind == ParameterKind.Bias))
        {
            var values = new float[parameter.Count];
            foreach (ref var value in values.AsSpan())
                value = (random.NextSingle() - 0.5f) / 5;
            parameter.Pack(values, network.Weights.Span);
        }

        return network;
    }
}
