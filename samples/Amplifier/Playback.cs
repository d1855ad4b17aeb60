using System.Diagnostics;
using StaticNet;

namespace Amplifier;

/// <summary>Plays a signal in blocks, as an audio thread does, and measures each.</summary>
internal static class Playback
{
    private const int Block = 64;

    /// <summary>Plays the signal in place.</summary>
    public static void Run<TNetwork>(TNetwork network, Span<float> signal, int rate)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        // Before the audio thread starts: code is compiled, memory touched, and the stream is as if silence had come before.
        network.Prepare();
        var state = TNetwork.CreateState();
        network.Prewarm(state, rate / 2);
        var times = new long[signal.Length / Block];

        // On the audio thread: one call per block, which allocates nothing.
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var block = 0; block < times.Length; block++)
        {
            var begin = Stopwatch.GetTimestamp();
            var samples = signal.Slice(block * Block, Block);
            network.ForwardSteps(state, samples, samples);
            times[block] = Stopwatch.GetTimestamp() - begin;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        var rest = signal[(times.Length * Block)..];
        network.ForwardSteps(state, rest, rest);
        Report(times, rate, bytes);
    }

    private static void Report(long[] times, int rate, long bytes)
    {
        if (times.Length == 0)
            return;
        Array.Sort(times);
        var total = times.Sum() / (double)Stopwatch.Frequency;
        Console.WriteLine($"{times.Length * Block / (double)rate:F1} s of sound in {total:F3} s: {times.Length * Block / (double)rate / total:F0} times real time, {total / times.Length / Block * 1e9:F0} ns per sample, {bytes} bytes allocated.");
        Console.WriteLine($"A block of {Block} samples, {Block * 1e6 / rate:F0} µs of sound: half of them take up to {Microseconds(0.5):F1} µs, 99.99 % up to {Microseconds(0.9999):F1} µs.");

        double Microseconds(double part) => times[(int)Math.Min(part * times.Length, times.Length - 1)] * 1e6 / Stopwatch.Frequency;
    }
}
