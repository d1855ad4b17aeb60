using System.Collections.Immutable;

namespace StaticNet;

/// <summary>Something that a layer keeps from step to step of a stream: its last inputs, or a state.</summary>
/// <param name="Name">Its name: that of the layer, or of one of the layer's states, <c>gru1.hidden</c>.</param>
/// <param name="Shape">The shape of one of them, as stored in memory.</param>
/// <param name="Steps">How many it keeps.</param>
/// <param name="Offset">Where the first one is.</param>
/// <param name="RowStride">The floats from row to row of the last axis.</param>
/// <param name="Places">The places for steps, which are taken in turns.</param>
/// <param name="Repeated">The first places that stand behind the last one again.</param>
/// <param name="IsPlanar">Whether each channel has places of its own, one channel's behind the other's.</param>
/// <param name="StepsOfStride">How many more it sees with each <see cref="StateTable.TotalStride"/> steps of the input.</param>
/// <param name="InitialValue">What every element is in a new stream; states that are learned (<see cref="RecurrentLayerAttribute.LearnedState"/>) are written when the stream begins.</param>
public sealed record StateInfo(
    string Name, ImmutableArray<int> Shape, int Steps, int Offset, int RowStride, int Places, int Repeated, bool IsPlanar = false, int StepsOfStride = 1, float InitialValue = 0)
{
    /// <summary>The elements of a row.</summary>
    internal int RowLength => Shape[^1];

    /// <summary>The rows of one value.</summary>
    internal int Rows { get; } = Shape.Take(Shape.Length - 1).Aggregate(1, (product, size) => product * size);

    /// <summary>The elements of one value.</summary>
    internal int Length => Rows * RowLength;

    /// <summary>The floats of one value, padding included.</summary>
    internal int Stride => Rows * RowStride;
}
