namespace StaticNet;

/// <summary>
/// A generated network with a <see cref="CustomLossAttribute"/>: a training step in two halves, between which the program
/// computes its own loss, for reinforcement learning and for losses that have no attribute.
/// </summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface ICustomLossNetwork<TSelf> : ITrainableNetwork<TSelf>
    where TSelf : class, ICustomLossNetwork<TSelf>
{
    /// <summary>The first half of a step: the outputs as training computes them, with dropout and the batch's own statistics.</summary>
    /// <param name="batch">In the network's own numbers, a <see cref="Scaling"/> applied already: 1 to BatchSize samples. Targets are ignored.</param>
    /// <param name="outputs">[count × OutputLength], written, in the network's own numbers; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The batch's inputs or count do not fit the network, or the outputs overlap them.</exception>
    void ForwardTraining(in Batch batch, Span<float> outputs);

    /// <summary>
    /// The second half: the gradients of the parameters, <see cref="ITrainableNetwork{TSelf}.Gradients"/>, from those of the
    /// outputs. The batch is that of the first half, with the same inputs, and with targets: for each custom loss, the gradients
    /// of each sample's loss with respect to its output.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The loss: the batch's scale × the sum over its samples, of all losses; a custom one counts as Σ gradient × output.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or has another number of samples than that of the first half.</exception>
    /// <exception cref="InvalidOperationException">There was no first half, the network has been used for something else since
    /// (inference uses the same memory), or its weights have changed.
    /// </exception>
    float Backward(in Batch batch);
}
