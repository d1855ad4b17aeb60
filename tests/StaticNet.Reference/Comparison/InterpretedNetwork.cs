namespace StaticNet.Reference.Comparison;

/// <summary>The reference as a network under test.</summary>
/// <param name="network">The reference.</param>
public sealed class InterpretedNetwork(ReferenceNetwork network) : ITrainableUnderTest
{
    private Dictionary<string, double[]> _parameters = [];

    /// <inheritdoc/>
    public void SetParameters(IReadOnlyDictionary<string, double[]> parameters) => _parameters = new(parameters);

    /// <inheritdoc/>
    public double[] Forward(double[] input, int? length = null) => network.Forward(_parameters, input, length: length);

    /// <inheritdoc/>
    public double Evaluate(ReferenceBatch batch) => network.Loss(_parameters, batch);

    /// <inheritdoc/>
    public (double Loss, Dictionary<string, double[]> Gradients) Train(ReferenceBatch batch)
    {
        var result = (network.TrainingLoss(_parameters, batch), network.Gradients(_parameters, batch));
        foreach (var (name, values) in network.Statistics(_parameters, batch))
            _parameters[name] = values;
        return result;
    }

    /// <inheritdoc/>
    public double[]? InputGradients(ReferenceBatch batch) => network.InputGradients(_parameters, batch);

    /// <inheritdoc/>
    public Dictionary<string, double[]> Statistics() => network.Parameters
        .Where(parameter => parameter.Kind == ParameterKind.Statistic)
        .ToDictionary(parameter => parameter.Name, parameter => _parameters[parameter.Name]);
}
