namespace StaticNet.Reference.Comparison;

/// <summary>A generated network as a network under test.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class GeneratedNetwork<TNetwork> : INetworkUnderTest
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork _network = TNetwork.Create(1);

    /// <summary>Makes the network, with dropout switched off.</summary>
    public GeneratedNetwork() => _network.DropoutEnabled = false;

    /// <inheritdoc/>
    public void SetParameters(IReadOnlyDictionary<string, double[]> parameters) =>
        GeneratedParameters.Pack(TNetwork.ParameterTable, parameters, _network.Weights.Span);

    /// <inheritdoc/>
    public double[] Forward(double[] input)
    {
        var output = new float[TNetwork.Description.OutputLength];
        _network.Forward(GeneratedParameters.Floats(input), output);
        return GeneratedParameters.Doubles(output);
    }

    /// <inheritdoc/>
    public double Evaluate(ReferenceBatch batch)
    {
        var floats = new FloatBatch(batch);
        return _network.EvaluateBatch(floats.All, new float[floats.Count * TNetwork.Description.OutputLength]);
    }

    /// <inheritdoc/>
    public (double Loss, Dictionary<string, double[]> Gradients) Train(ReferenceBatch batch)
    {
        var loss = _network.TrainBatch(new FloatBatch(batch).All);
        return (loss, GeneratedParameters.UnpackTrainable(TNetwork.ParameterTable, _network.Gradients));
    }
}
