using System.Diagnostics;
using System.Globalization;
using StaticNet.Benchmarks.Measuring;
using StaticNet.Networks;
using StaticNet.Networks.Sequences;

namespace StaticNet.Benchmarks.Latency;

/// <summary>
/// How far single calls wander: millions of calls, each timed by itself, while another thread makes garbage; beside a call of nothing, which shows
/// what the clock, the operating system and the collector add. And what a signal costs that decays until its numbers are denormal.
/// </summary>
internal static class LatencyMode
{
    /// <summary>The calls of each row unless the caller says otherwise.</summary>
    public const int DefaultCalls = 10_000_000;

    private const int BlockSteps = 64;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Measures and prints the tables.</summary>
    /// <param name="calls">The calls of each row, 1 or more.</param>
    public static int Run(int calls)
    {
        var stop = new ManualResetEventSlim();
        var garbage = new Thread(() => MakeGarbage(stop)) { IsBackground = true };
        garbage.Start();
        var table = new TextTable("call", "p50", "p99", "p99.99", "longest", "p99.99 / p50", "bytes");
        Add(table, "nothing", calls, static () => { });
        Add(table, "mlp-64-64-64-8-relu, one sample", calls, Forward<Mlp64x64x64x8>());
        Add(table, "gru-16, a block of 64", calls, Block<Gru16Stream>());
        Add(table, "nam-a1-standard, a block of 64", Math.Max(1, calls / 20), Block<AmplifierWaveNet>());
        stop.Set();
        garbage.Join();
        Console.WriteLine($"{calls.ToString("N0", CultureInfo.InvariantCulture)} calls of each (a twentieth for the longest), timed one by one, while another thread allocates:");
        Console.WriteLine(table);
        Console.WriteLine("A signal that decays from one to nothing, in blocks of 64 steps; p50 of a block:");
        Console.Write(Decay());
        return 0;
    }

    private static void Add(TextTable table, string name, int calls, Action call)
    {
        var histogram = new LatencyHistogram();
        for (var warmUp = 0; warmUp < 2000; warmUp++)
            call();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        Time(histogram, calls, call);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        var (median, late) = (histogram.Quantile(0.5), histogram.Quantile(0.9999));
        table.Add(name, TextTable.Time(median), TextTable.Time(histogram.Quantile(0.99)), TextTable.Time(late), TextTable.Time(histogram.Longest), TextTable.Digits((double)late / Math.Max(median, 1)), bytes.ToString(CultureInfo.InvariantCulture));
    }

    private static void Time(LatencyHistogram histogram, int calls, Action call)
    {
        for (var number = 0; number < calls; number++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            histogram.Add((long)((Stopwatch.GetTimestamp() - start) * NanosecondsPerTick));
        }
    }

    private static Action Forward<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var (input, output) = (RandomInputs(TNetwork.InputLength), new float[TNetwork.OutputLength]);
        network.Prepare();
        return () => network.Forward(input, output);
    }

    private static Action Block<TNetwork>()
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var state = TNetwork.CreateState();
        var (inputs, outputs) = (RandomInputs(BlockSteps * TNetwork.StepInputLength), new float[BlockSteps * TNetwork.StepOutputLength]);
        network.Prepare();
        return () => network.ForwardSteps(state, inputs, outputs);
    }

    /// <summary>The table of a signal that decays.</summary>
    private static TextTable Decay()
    {
        float[] levels = [1f, 1e-10f, 1e-20f, 1e-30f, 1e-38f, 1e-42f, 0f];
        var table = new TextTable(["network", .. levels.Select(level => level.ToString("G3", CultureInfo.InvariantCulture))]);
        AddDecay<Gru16Stream>(table, "gru-16", levels);
        AddDecay<Lstm32Stream>(table, "lstm-32", levels);
        AddDecay<AmplifierWaveNet>(table, "nam-a1-standard", levels);
        AddDecay<FilterBank>(table, "filters", levels);
        return table;
    }

    private static void AddDecay<TNetwork>(TextTable table, string name, float[] levels)
        where TNetwork : class, IStreamingNetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var state = TNetwork.CreateState();
        var (noise, inputs, outputs) = (RandomInputs(BlockSteps * TNetwork.StepInputLength), new float[BlockSteps * TNetwork.StepInputLength], new float[BlockSteps * TNetwork.StepOutputLength]);
        network.Prepare();
        var cells = new List<string> { name };
        foreach (var level in levels)
        {
            for (var index = 0; index < inputs.Length; index++)
                inputs[index] = level * noise[index];
            var histogram = new LatencyHistogram();
            Time(histogram, 2000, () => network.ForwardSteps(state, inputs, outputs));
            cells.Add(TextTable.Time(histogram.Quantile(0.5)));
        }

        table.Add([.. cells]);
    }

    private static float[] RandomInputs(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    /// <summary>Allocates as a busy program does, so that collections happen meanwhile.</summary>
    private static void MakeGarbage(ManualResetEventSlim stop)
    {
        var kept = new byte[256][];
        for (var number = 0; !stop.IsSet; number++)
        {
            kept[number % kept.Length] = new byte[1024 + (number % 7 * 4096)];
            if (number % 1000 == 0)
                Thread.Sleep(1);
        }
    }
}
