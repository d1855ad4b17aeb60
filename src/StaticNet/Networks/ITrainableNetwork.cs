using System.ComponentModel;

namespace StaticNet;

/// <summary>A generated network with training code.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <remarks>
/// A training step is a list of phases, each over a range: samples, or tiles of gradients. The parts of one phase may run in any
/// order and at the same time; a phase begins when the one before it has ended. Each gradient is summed by one part, over the
/// samples in order, so any division produces the same bits. <see cref="TrainBatch"/> runs them all, one after the other.
/// </remarks>
public interface ITrainableNetwork<TSelf> : INetwork<TSelf>
    where TSelf : class, ITrainableNetwork<TSelf>
{
    /// <summary>The number of targets of one sample.</summary>
    static abstract int TargetLength { get; }

    /// <summary>The largest number of samples in a batch.</summary>
    static abstract int BatchSize { get; }

    /// <summary>The number of phases of a training step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int PhaseCount { get; }

    /// <summary>The trainable parameters in the kernels' layout, padding included (always zero), to be read; see <see cref="NetworkWeights.Edit"/>.</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>Their gradients, in the same layout.</summary>
    Span<float> Gradients { get; }

    /// <summary>The seed that the network was made with; dropout and noise draw from it.</summary>
    ulong Seed { get; }

    /// <summary>Whether training drops elements; false makes dropout the identity, for debugging. True initially.</summary>
    bool DropoutEnabled { get; set; }

    /// <summary>
    /// Whether the running statistics of batch norms average all batches equally, whatever their layers' momentum, as
    /// <see cref="TrainingExtensions.RecalibrateStatistics"/> does. False initially.
    /// </summary>
    bool CumulativeStatistics { get; set; }

    /// <summary>Computes loss and gradients of a batch; <see cref="Gradients"/> holds them afterwards.</summary>
    /// <param name="batch">In the network's own numbers, a <see cref="Scaling"/> applied already: 1 to <see cref="BatchSize"/> samples.</param>
    /// <returns>The loss: the batch's scale × the sum over its samples.</returns>
    /// <exception cref="ArgumentException">The batch's spans, count or targets do not fit the network.</exception>
    float TrainBatch(in Batch batch);

    /// <summary>Computes loss and outputs of a batch as at inference, without dropout and without gradients.</summary>
    /// <param name="batch">In the network's own numbers, a <see cref="Scaling"/> applied already: 1 to <see cref="BatchSize"/> samples.</param>
    /// <param name="outputs">[count × OutputLength], written, in the network's own numbers; must not overlap the inputs.</param>
    /// <returns>The loss: the batch's scale × the sum over its samples.</returns>
    /// <exception cref="ArgumentException">The batch's spans, count or targets do not fit the network, or the outputs overlap the batch.</exception>
    float EvaluateBatch(in Batch batch, Span<float> outputs);

    /// <summary>Computes the output of one sample as at inference, and shows what each layer computes, to find out where numbers
    /// go wrong.</summary>
    /// <param name="input">InputLength floats, in the network's own numbers.</param>
    /// <param name="trace">Sees the values.</param>
    /// <exception cref="ArgumentException">The input has another length.</exception>
    void Trace(ReadOnlySpan<float> input, ILayerTrace trace);

    /// <summary>
    /// Shows each layer's outputs in the last training step, and the gradients of the loss with respect to them. Nothing is
    /// copied or allocated. Call it before anything else runs on this instance: inference and evaluation use the same memory.
    /// </summary>
    /// <param name="count">The number of samples of that step's batch.</param>
    /// <param name="trace">Sees the values: layer by layer in order, outputs before gradients.</param>
    /// <remarks>
    /// A layer has no gradient if neither it nor a layer before it is trainable, or if the loss takes something else: binary
    /// cross-entropy on a sigmoid works on the input of the sigmoid. Values that no loss depends on are not computed in a step
    /// and not shown. Neither are Flatten, Reshape, and layers that change nothing, such as cropping by 0: their values are those
    /// of the layer before.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to <see cref="BatchSize"/>.</exception>
    /// <exception cref="InvalidOperationException">The network keeps no values: see <see cref="TrainingAttribute.KeepValues"/>.</exception>
    void TraceStep(int count, IStepTrace trace);

    /// <summary>The range of a phase.</summary>
    /// <param name="phase">0 to <see cref="PhaseCount"/> − 1.</param>
    /// <param name="count">The number of samples in the batch.</param>
    /// <returns>The end of the range, which starts at 0.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    int PhaseLength(int phase, int count);

    /// <summary>
    /// Runs a part of a phase. Lengths, class indices and the part are checked; the caller checks the values of other targets
    /// (<see cref="CheckBatch"/>).
    /// </summary>
    /// <param name="phase">0 to <see cref="PhaseCount"/> − 1.</param>
    /// <param name="begin">The start of the part.</param>
    /// <param name="end">The end of the part, exclusive.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">The part is not inside the phase, or the batch does not fit the network.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void RunPhase(int phase, int begin, int end, in Batch batch);

    /// <summary>
    /// Notes that several threads share a step on this instance, so that a call from another thread in between is detected.
    /// Generated networks implement it.
    /// </summary>
    /// <returns>What <see cref="LeaveStep"/> takes.</returns>
    /// <exception cref="InvalidOperationException">Another thread uses the instance.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    int EnterStep() => 0;

    /// <summary>Notes that the step of <see cref="EnterStep"/> has ended.</summary>
    /// <param name="visit">What <see cref="EnterStep"/> returned.</param>
    /// <exception cref="InvalidOperationException">Another thread has used the instance since.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void LeaveStep(int visit)
    {
    }

    /// <summary>Checks that a batch fits the network, and that its losses can take the targets.</summary>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">The batch's spans, count or targets do not fit the network.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void CheckBatch(in Batch batch);

    /// <summary>
    /// The loss of the batch whose phases have all run. Call it before anything else runs on this instance.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The loss: the batch's scale × the sum over its samples.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    float BatchLoss(in Batch batch);
}
