using System.Diagnostics;
using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Startup;

/// <summary>
/// The time from the first line of Main to the first output, construction included, in a fresh process that compiles as it
/// goes; and what the first calls take with and without Prepare. The program starts itself for it.
/// </summary>
internal static class StartupMode
{
    /// <summary>The argument that the fresh process is started with; the network's name and whether it is prepared follow.</summary>
    public const string FirstForwardArgument = "--first-forward";

    private const string PlainWord = "plain", PreparedWord = "prepared";

    private const int Processes = 15;

    /// <summary>Measures every network and prints the table.</summary>
    public static int Run()
    {
        var table = new TextTable("network", "shortest", "median", "longest", "first batch after it", "Prepare", "first forward after it", "first batch after it");
        foreach (var network in BenchmarkNetwork.All)
        {
            var plain = Runs(network.Name, PlainWord);
            var prepared = Runs(network.Name, PreparedWord);
            table.Add(
                network.Name,
                TextTable.Time(plain.Min(times => times.Forward)),
                TextTable.Time(Median(plain, times => times.Forward)),
                TextTable.Time(plain.Max(times => times.Forward)),
                TextTable.Time(Median(plain, times => times.Batch)),
                TextTable.Time(Median(prepared, times => times.Prepare)),
                TextTable.Time(Median(prepared, times => times.Forward)),
                TextTable.Time(Median(prepared, times => times.Batch)));
        }

        Console.WriteLine("First forward after the first line of Main, construction included, and the first batch of 64 after it (median);");
        Console.WriteLine("then Prepare with construction, and the first calls after it (medians):");
        Console.Write(table);
        return 0;
    }

    private static FirstCalls[] Runs(string name, string word) => [.. Enumerable.Range(0, Processes).Select(_ => StartChild(name, word))];

    private static double Median(FirstCalls[] runs, Func<FirstCalls, double> time) => runs.Select(time).Order().ElementAt(Processes / 2);

    /// <summary>The fresh process: makes the first calls and prints the nanoseconds that they took.</summary>
    /// <param name="mainStart">The timestamp of the first line of Main.</param>
    /// <param name="name">The network's name.</param>
    /// <param name="word">Whether the network is prepared before.</param>
    public static int RunChild(long mainStart, string name, string word)
    {
        foreach (var network in BenchmarkNetwork.All)
        {
            if (network.Name == name)
            {
                Console.WriteLine(network.FirstCalls(mainStart, word == PreparedWord));
                return 0;
            }
        }

        Console.Error.WriteLine($"There is no network {name}.");
        return 1;
    }

    /// <summary>Constructs a network, prepares it or not, and computes one output and then those of a batch.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="mainStart">The timestamp of the first line of Main.</param>
    /// <param name="isPrepared">Whether Prepare is called before.</param>
    public static FirstCalls Measure<TNetwork>(long mainStart, bool isPrepared)
        where TNetwork : class, INetwork<TNetwork>
    {
        const int Batch = 64;
        var network = TNetwork.Create(1);
        var (inputs, outputs) = (new float[Batch * TNetwork.Description.InputLength], new float[Batch * TNetwork.Description.OutputLength]);
        var prepare = 0.0;
        if (isPrepared)
        {
            network.Prepare();
            prepare = Stopwatch.GetElapsedTime(mainStart).TotalNanoseconds;
            mainStart = Stopwatch.GetTimestamp();
        }

        network.Forward(inputs.AsSpan(0, TNetwork.InputLength), outputs.AsSpan(0, TNetwork.OutputLength));
        var forward = Stopwatch.GetElapsedTime(mainStart).TotalNanoseconds;
        var start = Stopwatch.GetTimestamp();
        network.ForwardBatch(inputs, outputs, Batch);
        var batch = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        Sink.Consume(outputs[0]);
        return new FirstCalls(prepare, forward, batch);
    }

    private static FirstCalls StartChild(string name, string word)
    {
        var program = Environment.ProcessPath!;
        // Under `dotnet Program.dll` the process is the host, which wants the program's path first.
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. host, FirstForwardArgument, name, word]) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? FirstCalls.Parse(answer)
            : throw new InvalidOperationException($"The process for {name} ended with {process.ExitCode}.");
    }
}
