namespace StaticNet;

/// <summary>A generated network whose samples are sequences: it also runs over streams of any length, step by step.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <remarks>
/// A sequence passed to <see cref="INetwork{TSelf}.Forward"/> as a whole and the same sequence passed step by step, starting from
/// a new <see cref="StreamState"/>, have the same outputs up to rounding. Any number of streams may share a network, one call at
/// a time: only the state holds what is kept from step to step. Where layers have strides in time (<see cref="CausalConv1DAttribute.Stride"/>,
/// for example), one step here means <see cref="NetworkDescription.TotalStride"/> steps of the input at a time, and the steps of the output
/// that belong to them, which are there when the last of these is.
/// </remarks>
public interface IStreamingNetwork<TSelf> : INetwork<TSelf>
    where TSelf : class, IStreamingNetwork<TSelf>
{
    /// <summary>The number of steps of a sample.</summary>
    static abstract int Steps { get; }

    /// <summary>The number of floats of one step of an input sample: that of all inputs.</summary>
    static abstract int StepInputLength { get; }

    /// <summary>The number of floats of one step of an output sample: that of all outputs.</summary>
    static abstract int StepOutputLength { get; }

    /// <summary>
    /// The number of floats of the input that a stream takes at a time: those of one step or, where layers have strides in time, those of
    /// <see cref="NetworkDescription.TotalStride"/> steps.
    /// </summary>
    static virtual int StreamInputLength => TSelf.StepInputLength;

    /// <summary>The number of floats of the output that a stream makes of these: those of one step or, where layers have strides in time, of several.</summary>
    static virtual int StreamOutputLength => TSelf.StepOutputLength;

    /// <summary>What is kept from step to step.</summary>
    static abstract StateTable StateTable { get; }

    /// <summary>Makes the state of a new stream: zeros, learned states, and the initial values of delays.</summary>
    /// <returns>The state, for any instance of the network.</returns>
    static abstract StreamState CreateState();

    /// <summary>Computes the outputs of one step of a stream, in the user's numbers. Allocates nothing.</summary>
    /// <param name="state">The stream's state, which advances by one step.</param>
    /// <param name="input">StreamInputLength floats.</param>
    /// <param name="output">StreamOutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length, or the state belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The scaling has a number for each step of a sample, so it cannot be applied to
    /// a stream.</exception>
    void ForwardStep(StreamState state, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of one step of a stream in the network's own numbers. Allocates nothing.</summary>
    /// <param name="state">The stream's state, which advances by one step.</param>
    /// <param name="input">StreamInputLength floats, scaled already.</param>
    /// <param name="output">StreamOutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length, or the state belongs to another network.</exception>
    void ForwardStepRaw(StreamState state, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>
    /// Computes the outputs of a block of any number of steps of a stream, in the user's numbers: the same, bit for bit, as one step after the other, for any
    /// division of a stream into blocks. Allocates nothing.
    /// </summary>
    /// <param name="state">The stream's state, which advances by the steps of the block.</param>
    /// <param name="inputs">[steps, StreamInputLength].</param>
    /// <param name="outputs">[steps, StreamOutputLength], written; they may be the same span as the inputs if both lengths are the same.</param>
    /// <exception cref="ArgumentException">The spans do not hold the same number of whole steps, or overlap otherwise, or the state belongs to another network.</exception>
    /// <exception cref="InvalidOperationException">The scaling has a number for each step of a sample, so it cannot be applied to a stream.</exception>
    void ForwardSteps(StreamState state, ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>Computes the outputs of a block of steps in the network's own numbers. Allocates nothing.</summary>
    /// <param name="state">The stream's state, which advances by the steps of the block.</param>
    /// <param name="inputs">[steps, StreamInputLength], already scaled.</param>
    /// <param name="outputs">[steps, StreamOutputLength], written; they may be the same span as the inputs if both lengths are the same.</param>
    /// <exception cref="ArgumentException">The spans do not hold the same number of whole steps, or overlap otherwise, or the state belongs to another network.</exception>
    void ForwardStepsRaw(StreamState state, ReadOnlySpan<float> inputs, Span<float> outputs);
}
