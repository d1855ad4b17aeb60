namespace StaticNet.Reference.Comparison;

/// <summary>The reference as a network under test.</summary>
/// <param name="network">The reference.</param>
public sealed class InterpretedNetwork(ReferenceNetwork network) : ITrainableUnderTest
{
    private IReadOnlyDictionary<string, double[]> _parameters = new Dictionary<string, double[]>();

    /// <inheritdoc/>
    public void SetParameters(IReadOnlyDictionary<string, double[]> parameters) => _parameters = parameters;

    /// <inheritdoc/>
    public double[] Forward(double[] input) => network.Forward(_parameters, input);

    /// <inheritdoc/>
    public double Evaluate(ReferenceBatch batch) => network.Loss(_parameters, batch);

    /// <inheritdoc/>
    public (double Loss, Dictionary<string, double[]> Gradients) Train(ReferenceBatch batch) =>
        (network.Loss(_parameters, batch), network.Gradients(_parameters, batch));
}
