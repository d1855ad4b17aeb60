namespace StaticNet;

/// <summary>
/// Sees what the layers of a network have computed in the last training step, as <see cref="ITrainableNetwork{TSelf}.TraceStep"/>
/// shows it: outputs, and the gradients of the loss by them.
/// </summary>
public interface IStepTrace
{
    /// <summary>Sees one kind of values of one layer, for all samples of the batch.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="kind">What the values are.</param>
    /// <param name="values">[samples × <see cref="ValueLayout.SampleLength"/>], of sequences [samples × steps × that]: the network's own memory, valid during the call.</param>
    /// <param name="layout">How each sample stands there.</param>
    void Visit(string layer, StepValue kind, ReadOnlySpan<float> values, ValueLayout layout);
}
