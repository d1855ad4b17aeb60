using System.Numerics.Tensors;

namespace StaticNet;

/// <summary>Compares networks by what they compute.</summary>
public static class ComparisonExtensions
{
    private const int ChunkSamples = 64;

    /// <summary>
    /// Computes the same samples with two networks and measures how far their outputs differ: the cost of 16-bit weights,
    /// Winograd's algorithm or a conversion.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="reference">The network whose outputs are taken as correct.</param>
    /// <param name="inputs">[samples, InputLength]: the samples, in the user's numbers if the networks have a scaling.</param>
    /// <exception cref="ArgumentException">
    /// The networks have inputs or outputs of different lengths, or the inputs are not whole samples, or there are none.
    /// </exception>
    public static OutputDifference CompareWith<TNetwork, TReference>(this TNetwork network, TReference reference, ReadOnlySpan<float> inputs)
        where TNetwork : class, INetwork<TNetwork>
        where TReference : class, INetwork<TReference>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(reference);
        var (own, other) = (TNetwork.Description, TReference.Description);
        if (own.InputLength != other.InputLength || own.OutputLength != other.OutputLength)
            throw new ArgumentException($"{own.Name} computes {own.OutputLength} outputs of {own.InputLength} inputs, but {other.Name} {other.OutputLength} of {other.InputLength}: there is nothing to compare.", nameof(reference));
        if (inputs.Length == 0 || inputs.Length % own.InputLength != 0)
            throw new ArgumentException($"{own.Name} takes samples of {own.InputLength} floats, one or more, but there are {inputs.Length} floats.", nameof(inputs));

        var samples = inputs.Length / own.InputLength;
        var (ours, theirs) = (new float[ChunkSamples * own.OutputLength], new float[ChunkSamples * own.OutputLength]);
        var (largest, largestSample, sum, largestOutput, same) = (0f, 0, 0.0, 0f, 0);
        for (var first = 0; first < samples; first += ChunkSamples)
        {
            var count = Math.Min(ChunkSamples, samples - first);
            var chunk = inputs.Slice(first * own.InputLength, count * own.InputLength);
            network.ForwardBatch(chunk, ours.AsSpan(0, count * own.OutputLength), count);
            reference.ForwardBatch(chunk, theirs.AsSpan(0, count * own.OutputLength), count);
            for (var sample = 0; sample < count; sample++)
            {
                ReadOnlySpan<float> left = ours.AsSpan(sample * own.OutputLength, own.OutputLength), right = theirs.AsSpan(sample * own.OutputLength, own.OutputLength);
                for (var i = 0; i < left.Length; i++)
                {
                    // The same infinity is not a difference, and a NaN on one side only is the largest possible one.
                    var difference = left[i].Equals(right[i]) ? 0 : Math.Abs(left[i] - right[i]);
                    if (!(difference <= largest))
                        (largest, largestSample) = (float.IsNaN(difference) ? float.PositiveInfinity : difference, first + sample);
                    sum += difference;
                }

                largestOutput = Math.Max(largestOutput, Math.Abs(TensorPrimitives.MaxMagnitude(right)));
                same += TensorPrimitives.IndexOfMax(left) == TensorPrimitives.IndexOfMax(right) ? 1 : 0;
            }
        }

        return new OutputDifference(samples, largest, largestSample, (float)(sum / ((long)samples * own.OutputLength)), largestOutput, same);
    }
}
