using StaticNet.Numerics;

namespace StaticNet;

/// <summary>A generated network, for generic code. Spans hold samples row-major; nothing allocates.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <remarks>
/// An instance is for one thread at a time: it owns the workspace of its activations. If two threads call it at the same time,
/// one of the calls throws an <see cref="InvalidOperationException"/>, except in rare coincidences.
/// <see cref="NetworkPool{TNetwork}"/> serves any number of threads; <see cref="ShareWeights"/> makes a second instance, for
/// another thread, with the same parameters.
/// </remarks>
public interface INetwork<TSelf>
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>The number of floats of one input sample.</summary>
    static abstract int InputLength { get; }

    /// <summary>The number of floats of one output sample.</summary>
    static abstract int OutputLength { get; }

    /// <summary>Layers, shapes, parameters and costs.</summary>
    static abstract NetworkDescription Description { get; }

    /// <summary>The parameters' names, shapes and places.</summary>
    static abstract ParameterTable ParameterTable { get; }

    /// <summary>The parameters.</summary>
    NetworkWeights Weights { get; }

    /// <summary>Makes a network with freshly initialised parameters.</summary>
    /// <param name="seed">The seed: the same seed produces the same bits.</param>
    /// <returns>The network.</returns>
    static abstract TSelf Create(ulong seed);

    /// <summary>Makes a second instance, with a separate workspace, over the same parameters.</summary>
    /// <returns>The instance.</returns>
    TSelf ShareWeights();

    /// <summary>
    /// Computes the output of one sample, in the user's numbers: if the network has a <see cref="Scaling"/>, the input is scaled,
    /// and the scaling of targets is reversed on the output.
    /// </summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of any number of samples, in the user's numbers, as <see cref="Forward"/> does.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length, or outputs and inputs overlap.</exception>
    void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count);

    /// <summary>
    /// Computes the output of one sample in the network's own numbers: the input must already be scaled, and the output is that
    /// of the last layer. Without a <see cref="Scaling"/>, it is the same as <see cref="Forward"/>.
    /// </summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; it may overwrite the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void ForwardRaw(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of any number of samples in the network's own numbers, as <see cref="ForwardRaw"/> does.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length, or outputs and inputs overlap.</exception>
    void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count);

    /// <summary>Computes the outputs of sequences of different lengths, in the user's numbers, as <see cref="Forward"/> does.</summary>
    /// <param name="inputs">[count × InputLength]: each sample has room for all steps, the first of which are those of its sequence; the others
    /// can be any finite numbers.</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs. Those of steps that a sequence does not have have no
    /// meaning.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <param name="sequenceLengths">The steps of each sequence, 1 up to the network's steps; empty means all of them for each.</param>
    /// <exception cref="ArgumentException">A span has another length, outputs and inputs overlap, a length is outside its range, or the
    /// network's samples are not sequences.</exception>
    void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count, ReadOnlySpan<int> sequenceLengths) =>
        ScaledForward.RunBatch((TSelf)this, inputs, outputs, count, sequenceLengths);

    /// <summary>Computes the outputs of sequences of different lengths in the network's own numbers, as <see cref="ForwardRaw"/> does.</summary>
    /// <param name="inputs">[count × InputLength]: each sample has room for all steps, the first of which are those of its sequence; the others
    /// can be any finite numbers.</param>
    /// <param name="outputs">[count × OutputLength], written; must not overlap the inputs. Those of steps that a sequence does not have have no
    /// meaning.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <param name="sequenceLengths">The steps of each sequence, 1 up to the network's steps; empty means all of them for each.</param>
    /// <exception cref="ArgumentException">A span has another length, outputs and inputs overlap, a length is outside its range, or the
    /// network's samples are not sequences.</exception>
    void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count, ReadOnlySpan<int> sequenceLengths)
    {
        NetworkGuard.CheckSequenceLengths(sequenceLengths, count, TSelf.Description);
        ForwardRawBatch(inputs, outputs, count);
    }

    /// <summary>
    /// Runs everything once, so that no later call waits for the compiler or touches memory for the first time: inference of one
    /// sample and of many, a step of a stream if samples are sequences, and a training step and an evaluation if the network
    /// trains. Parameters and statistics do not change; gradients are zero afterwards. It allocates, and takes about as long as
    /// compilation: milliseconds for small networks.
    /// </summary>
    void Prepare() => NetworkPreparation.RunInference((TSelf)this, 1);
}
