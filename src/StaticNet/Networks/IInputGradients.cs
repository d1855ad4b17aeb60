namespace StaticNet;

/// <summary>A generated network whose training step also computes the gradients of its inputs: [Training(InputGradients =
/// true)].</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface IInputGradients<TSelf> : ITrainableNetwork<TSelf>
    where TSelf : class, IInputGradients<TSelf>
{
    /// <summary>
    /// Copies the gradients of the last step's loss with respect to its inputs. Call it before anything else runs on this
    /// instance. Allocates nothing.
    /// </summary>
    /// <param name="gradients">[count × InputLength], written, in the order of the inputs of the batch; they include its scale
    /// and the samples' weights. Zero for an input that no loss depends on.
    /// </param>
    /// <exception cref="ArgumentException">The span has another length than the inputs of the last step's batch.</exception>
    /// <exception cref="InvalidOperationException">There was no step, or the network has been used for something else
    /// since.</exception>
    void CopyInputGradients(Span<float> gradients);
}
