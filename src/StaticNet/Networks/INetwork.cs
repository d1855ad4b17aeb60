using StaticNet.Numerics;

namespace StaticNet;

/// <summary>A generated network, for generic code. Spans hold samples row-major; nothing allocates.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <remarks>
/// An instance is for one thread at a time: it owns the workspace of its activations, and of calls from two threads at once one, but
/// for rare coincidences, throws an <see cref="InvalidOperationException"/>. <see cref="NetworkPool{TNetwork}"/> serves any number of threads;
/// <see cref="ShareWeights"/> gives a second instance, for another thread, over the same parameters.
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
    /// <param name="seed">The seed: the same seed gives the same bits.</param>
    /// <returns>The network.</returns>
    static abstract TSelf Create(ulong seed);

    /// <summary>Makes a second instance, with a workspace of its own, over the same parameters.</summary>
    /// <returns>The instance.</returns>
    TSelf ShareWeights();

    /// <summary>
    /// Computes the output of one sample, in the user's numbers: where the network has a <see cref="Scaling"/>, the input is scaled and the
    /// scaling of targets undone on the output.
    /// </summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; they may stand in the place of the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of any number of samples, in the user's numbers, as <see cref="Forward"/> does.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; memory of their own.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length, or outputs and inputs overlap.</exception>
    void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count);

    /// <summary>
    /// Computes the output of one sample in the network's own numbers: the input is taken as scaled already, and the output is what the last
    /// layer gives. Without a <see cref="Scaling"/> it is the same as <see cref="Forward"/>.
    /// </summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written; they may stand in the place of the input.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void ForwardRaw(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of any number of samples in the network's own numbers, as <see cref="ForwardRaw"/> does.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written; memory of their own.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length, or outputs and inputs overlap.</exception>
    void ForwardRawBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count);

    /// <summary>
    /// Runs everything once, so that no later call waits for the compiler or touches memory for the first time: inference of one
    /// sample and of many, a step of a stream where samples are sequences, and where the network trains a training step and an
    /// evaluation. Parameters and statistics are as before, gradients are zero. It allocates, and takes about as long as compiling:
    /// milliseconds for small networks.
    /// </summary>
    void Prepare() => NetworkPreparation.RunInference((TSelf)this, 1);
}
