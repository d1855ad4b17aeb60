namespace StaticNet;

/// <summary>A generated network, for generic code. Spans hold samples row-major; nothing allocates.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <remarks>
/// An instance is for one thread at a time: it owns the workspace of its activations. <see cref="ShareWeights"/> gives a
/// second instance, for another thread, over the same parameters.
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

    /// <summary>Computes the output of one sample.</summary>
    /// <param name="input">InputLength floats.</param>
    /// <param name="output">OutputLength floats, written.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Forward(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Computes the outputs of any number of samples.</summary>
    /// <param name="inputs">[count × InputLength].</param>
    /// <param name="outputs">[count × OutputLength], written.</param>
    /// <param name="count">The number of samples, 0 or more.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void ForwardBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int count);
}
