namespace StaticNet;

/// <summary>
/// Receives what the layers of a network have computed in the last training step, from
/// <see cref="ITrainableNetwork{TSelf}.TraceStep"/>: outputs, and the gradients of the loss with respect to them.
/// </summary>
public interface IStepTrace
{
    /// <summary>Receives one kind of values of one layer, for all samples of the batch.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="kind">What the values are.</param>
    /// <param name="values">[samples × <see cref="ValueLayout.SampleLength"/>], or for sequences [samples × steps × that]: the
    /// network's own memory, valid during the call.</param>
    /// <param name="layout">How each sample is stored there.</param>
    void Visit(string layer, StepValue kind, ReadOnlySpan<float> values, ValueLayout layout);
}
