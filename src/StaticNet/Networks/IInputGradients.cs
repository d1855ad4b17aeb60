namespace StaticNet;

/// <summary>A generated network whose training step also gives the gradients of its inputs: [Training(InputGradients = true)].</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
public interface IInputGradients<TSelf> : ITrainableNetwork<TSelf>
    where TSelf : class, IInputGradients<TSelf>
{
    /// <summary>
    /// Copies the gradients of the last step's loss by its inputs. To be asked before anything else runs on this instance. Allocates nothing.
    /// </summary>
    /// <param name="gradients">
    /// [count × InputLength], written, where the inputs of the batch are: its scale and the samples' weights are in them. Zero for an input that no
    /// loss depends on.
    /// </param>
    /// <exception cref="ArgumentException">The span has another length than the inputs of the last step's batch.</exception>
    /// <exception cref="InvalidOperationException">There was no step, or the network has done something else since.</exception>
    void CopyInputGradients(Span<float> gradients);
}
