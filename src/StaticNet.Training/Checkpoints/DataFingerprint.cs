using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Training.Checkpoints;

/// <summary>Distinguishes samples from others of the same number: hashes of what they are made of.</summary>
/// <remarks>
/// Of inputs, targets and weights each a million numbers are looked at, and at least 64 samples: all, where there are no more, else
/// samples at even distances, the first and the last among them. That takes some milliseconds, however many samples there are.
/// </remarks>
internal static class DataFingerprint
{
    private const int MostNumbers = 1 << 20;
    private const int FewestSamples = 64;
    private const int ChunkLength = 1 << 14;

    /// <summary>The samples at the beginning of a stream that are looked at.</summary>
    private const int StreamSamples = 256;

    /// <summary>Adds what samples are made of: <c>inputs</c>, <c>targets</c>, <c>weights</c> and <c>sequence_lengths</c>.</summary>
    public static void Describe(SettingList settings, string name, DataSource data)
    {
        settings.Add($"{name}.inputs", Hash(data.Count, data.InputLength, data.GatherInputs));
        settings.Add($"{name}.targets", Hash(data.Count, data.TargetLength, data.GatherTargets));
        settings.Add($"{name}.weights", data.HasSampleWeights ? Hash(data.Count, 1, data.GatherSampleWeights) : null);
        settings.Add($"{name}.sequence_lengths", data.SequenceSteps > 0 ? Hash(data.Count, 1, LengthsOf) : null);

        void LengthsOf(ReadOnlySpan<int> samples, Span<float> values)
        {
            Span<int> length = stackalloc int[1];
            for (var index = 0; index < samples.Length; index++)
            {
                data.GatherSequenceLengths(samples.Slice(index, 1), length);
                values[index] = length[0];
            }
        }
    }

    /// <summary>Adds what the first samples of a stream are made of.</summary>
    public static void Describe(SettingList settings, string name, SampleStream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var reader = stream.Open(0);
        var (input, target) = (new float[stream.InputLength], new float[stream.TargetLength]);
        for (var sample = 0; sample < Math.Min(StreamSamples, stream.Count) && reader.Read(input, target, out var weight); sample++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(input.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(target.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in weight)));
        }

        settings.Add($"{name}.first_samples", Text(hash));
    }

    private delegate void Gather(ReadOnlySpan<int> samples, Span<float> values);

    private static string? Hash(int count, int length, Gather gather)
    {
        if (count == 0 || length == 0)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var looked = Math.Min(count, Math.Max(FewestSamples, MostNumbers / length));
        var most = Math.Clamp(ChunkLength / length, 1, looked);
        var (numbers, values) = (ArrayPool<int>.Shared.Rent(most), ArrayPool<float>.Shared.Rent(checked(most * length)));
        for (var start = 0; start < looked; start += most)
        {
            var chunk = numbers.AsSpan(0, Math.Min(most, looked - start));
            for (var index = 0; index < chunk.Length; index++)
                chunk[index] = looked == 1 ? 0 : (int)((long)(start + index) * (count - 1) / (looked - 1));
            var rows = values.AsSpan(0, chunk.Length * length);
            gather(chunk, rows);
            hash.AppendData(MemoryMarshal.AsBytes(rows));
        }

        ArrayPool<int>.Shared.Return(numbers);
        ArrayPool<float>.Shared.Return(values);
        return Text(hash);
    }

    private static string Text(IncrementalHash hash) => $"content {Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8))}";
}
