using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet;

/// <summary>Receives the prediction for one sample of a stream. The spans are valid during the call.</summary>
/// <param name="number">The sample's place in the stream, from 0.</param>
/// <param name="input">InputLength floats, in the user's numbers.</param>
/// <param name="target">The sample's targets, as many as the stream has; empty if it has none.</param>
/// <param name="output">OutputLength floats, in the user's numbers.</param>
public delegate void PredictionReceiver(int number, ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReadOnlySpan<float> output);

/// <summary>Predictions for whole data sets and streams.</summary>
public static class PredictionExtensions
{
    private const int DefaultBatch = 64;

    /// <summary>Computes the outputs of all samples of a source.</summary>
    /// <param name="network">The network; its scaling is applied.</param>
    /// <param name="data">The samples, in the user's numbers; their targets are ignored.</param>
    /// <returns>[count × OutputLength], in the user's numbers.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit the network, or the outputs have more numbers than an
    /// array.</exception>
    public static float[] Predict<TNetwork>(this TNetwork network, DataSource data)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        RequireInputs<TNetwork>(data.InputLength, nameof(data));
        NetworkGuard.CheckSteps(data, TNetwork.Description, nameof(data));
        if ((long)data.Count * TNetwork.OutputLength > Array.MaxLength)
            throw new ArgumentException($"Expected outputs of at most {Array.MaxLength} numbers; {data.Count} samples of {TNetwork.OutputLength} have more.", nameof(data));
        var outputs = new float[data.Count * TNetwork.OutputLength];
        var samples = new int[Math.Min(DefaultBatch, data.Count)];
        var inputs = new float[samples.Length * data.InputLength];
        var lengths = new int[data.SequenceSteps > 0 ? samples.Length : 0];
        for (var first = 0; first < data.Count; first += samples.Length)
        {
            var count = Math.Min(samples.Length, data.Count - first);
            for (var index = 0; index < count; index++)
                samples[index] = first + index;
            var batch = inputs.AsSpan(0, count * data.InputLength);
            data.GatherInputs(samples.AsSpan(0, count), batch);
            var lengthsOfBatch = lengths.AsSpan(0, Math.Min(count, lengths.Length));
            if (data.SequenceSteps > 0)
                data.GatherSequenceLengths(samples.AsSpan(0, count), lengthsOfBatch);
            network.ForwardBatch(batch, outputs.AsSpan(first * TNetwork.OutputLength, count * TNetwork.OutputLength), count, lengthsOfBatch);
        }

        return outputs;
    }

    /// <summary>Computes the output of each sample of a stream, in its order; only a batch of them is held at a time.</summary>
    /// <param name="network">The network; its scaling is applied.</param>
    /// <param name="stream">The samples, in the user's numbers: its epoch 0.</param>
    /// <param name="receiver">Receives the outputs one after the other.</param>
    /// <param name="batchSize">The number of samples that are computed together, 1 or more. Default: 64.</param>
    /// <exception cref="ArgumentException">The inputs do not fit the network, or the batch size is under 1.</exception>
    /// <exception cref="DataFormatException">The stream ends before the samples that it says it has, or cannot be
    /// read.</exception>
    /// <example><code>network.Predict(CsvStream.Open("new.csv"), (number, input, target, output) => Console.WriteLine($"{number}: {output[0]}"));</code></example>
    public static void Predict<TNetwork>(this TNetwork network, SampleStream stream, PredictionReceiver receiver, int batchSize = DefaultBatch)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(receiver);
        RequireInputs<TNetwork>(stream.InputLength, nameof(stream));
        using var loader = new StreamLoader(stream, batchSize);
        var outputs = new float[loader.BatchSize * TNetwork.OutputLength];
        var number = 0;
        foreach (var batch in loader.Epoch(0))
        {
            network.ForwardBatch(batch.Inputs, outputs.AsSpan(0, batch.Count * TNetwork.OutputLength), batch.Count);
            for (var index = 0; index < batch.Count; index++)
            {
                receiver(
                    number++,
                    batch.Inputs.Slice(index * stream.InputLength, stream.InputLength),
                    batch.Targets.Slice(index * stream.TargetLength, stream.TargetLength),
                    outputs.AsSpan(index * TNetwork.OutputLength, TNetwork.OutputLength));
            }
        }
    }

    private static void RequireInputs<TNetwork>(int inputLength, string parameter)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (inputLength != TNetwork.InputLength)
            throw new ArgumentException($"{TNetwork.Description.Name} takes {TNetwork.InputLength} inputs per sample; these have {inputLength}.", parameter);
    }
}
