using StaticNet.Data;

namespace StaticNet.Tests.Data;

/// <summary>What loaders gave, copied to be compared.</summary>
internal static class Loaded
{
    /// <summary>The batches of an epoch as texts that show every bit of every number.</summary>
    public static List<string> Batches(BatchLoader loader, int epoch, int firstBatch = 0)
    {
        var batches = new List<string>();
        foreach (var batch in loader.Epoch(epoch, firstBatch))
            batches.Add($"{batch.FirstSample}: {Bits(batch.Inputs)} / {Bits(batch.Targets)} / {Bits(batch.SampleWeights)}");
        return batches;
    }

    /// <summary>The targets of an epoch, one after the other.</summary>
    public static float[] Targets(BatchLoader loader, int epoch)
    {
        var targets = new List<float>();
        foreach (var batch in loader.Epoch(epoch))
            targets.AddRange(batch.Targets);
        return [.. targets];
    }

    /// <summary>The bytes that this thread allocates in an epoch, after one to warm up.</summary>
    public static long BytesOfEpoch(BatchLoader loader)
    {
        var samples = Count(loader, 0);
        var epochs = 1;
        var bytes = Allocations.Of(() => samples += Count(loader, epochs++));
        Assert.Equal(epochs * Math.Min(loader.SampleCount, loader.BatchCount * loader.BatchSize), samples);
        return bytes;
    }

    private static int Count(BatchLoader loader, int epoch)
    {
        var samples = 0;
        foreach (var batch in loader.Epoch(epoch))
            samples += batch.Count;
        return samples;
    }

    private static string Bits(ReadOnlySpan<float> values)
    {
        var bits = new string[values.Length];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.SingleToUInt32Bits(values[i]).ToString("X8", System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(' ', bits);
    }
}
