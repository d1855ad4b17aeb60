namespace StaticNet.Reference.Comparison;

/// <summary>
/// A network as tests of known answers and golden files see it: the reference or a generated one, behind the same figures.
/// </summary>
public interface INetworkUnderTest
{
    /// <summary>Sets every parameter, by name.</summary>
    void SetParameters(IReadOnlyDictionary<string, double[]> parameters);

    /// <summary>The output of one sample, as at inference.</summary>
    /// <param name="input">The sample.</param>
    /// <param name="length">The steps that the sequence has; null: all.</param>
    double[] Forward(double[] input, int? length = null);
}

/// <summary>A network under test that trains.</summary>
public interface ITrainableUnderTest : INetworkUnderTest
{
    /// <summary>The loss of a batch, as at inference.</summary>
    double Evaluate(ReferenceBatch batch);

    /// <summary>
    /// The loss of a batch and the gradients of the trainable parameters, by name, without dropout. Moves the statistics.
    /// </summary>
    (double Loss, Dictionary<string, double[]> Gradients) Train(ReferenceBatch batch);

    /// <summary>
    /// The gradients of a batch's inputs, which <see cref="Train"/> must just have been called with; null where the network
    /// does not compute them.
    /// </summary>
    double[]? InputGradients(ReferenceBatch batch);

    /// <summary>The running statistics as they are now, by name.</summary>
    Dictionary<string, double[]> Statistics();
}
