using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace StaticNet;

/// <summary>Networks over tensor spans. The tensors are dense; their shapes are free, their lengths are the network's.</summary>
/// <remarks>
/// The names are their own, because overloads of <c>Forward</c> would answer for a class that has none yet, with errors about
/// tensors that nobody wrote.
/// </remarks>
public static class TensorExtensions
{
    /// <summary>Computes the output of one sample.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="input">InputLength floats in any shape, dense.</param>
    /// <param name="output">OutputLength floats in any shape, dense, written.</param>
    /// <exception cref="ArgumentException">A tensor has another length, or gaps between its elements.</exception>
    public static void ForwardTensor<TNetwork>(this TNetwork network, in ReadOnlyTensorSpan<float> input, in TensorSpan<float> output)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        network.Forward(Elements(input, nameof(input)), Elements(output, nameof(output)));
    }

    /// <summary>Computes the outputs of many samples.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[count, …], dense; the first axis counts the samples.</param>
    /// <param name="outputs">[count, …], dense, written.</param>
    /// <exception cref="ArgumentException">A tensor does not fit, or has gaps between its elements.</exception>
    public static void ForwardTensors<TNetwork>(this TNetwork network, in ReadOnlyTensorSpan<float> inputs, in TensorSpan<float> outputs)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        var count = inputs.Rank == 0 ? throw new ArgumentException("The inputs have no axis; the first one counts the samples.", nameof(inputs)) : checked((int)inputs.Lengths[0]);
        network.ForwardBatch(Elements(inputs, nameof(inputs)), Elements(outputs, nameof(outputs)), count);
    }

    private static ReadOnlySpan<float> Elements(in ReadOnlyTensorSpan<float> tensor, string name) => IsDense(tensor.Lengths, tensor.Strides)
        ? MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength))
        : throw NotDense(name);

    private static Span<float> Elements(in TensorSpan<float> tensor, string name) => IsDense(tensor.Lengths, tensor.Strides)
        ? MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength))
        : throw NotDense(name);

    /// <summary>Whether elements follow each other in row-major order; the stride of an axis of one element does not matter.</summary>
    private static bool IsDense(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides)
    {
        nint expected = 1;
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            if (lengths[axis] != 1 && strides[axis] != expected)
                return false;
            expected *= lengths[axis];
        }

        return true;
    }

    private static ArgumentException NotDense(string name) => new($"Expected {name} to be dense; there are gaps between its elements.", name);
}
