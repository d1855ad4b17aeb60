using System.Diagnostics;
using System.Globalization;
using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Startup;

/// <summary>
/// The time from the first line of Main to the first output, construction included, in a fresh process that compiles as it
/// goes. The program starts itself for it.
/// </summary>
internal static class StartupMode
{
    /// <summary>The argument that the fresh process is started with; the network's name follows.</summary>
    public const string FirstForwardArgument = "--first-forward";

    private const int Processes = 15;

    /// <summary>Measures every network and prints the table.</summary>
    public static int Run()
    {
        var table = new TextTable("network", "shortest", "median", "longest");
        foreach (var network in BenchmarkNetwork.All)
        {
            var times = Enumerable.Range(0, Processes).Select(_ => StartChild(network.Name)).Order().ToArray();
            table.Add(network.Name, TextTable.Time(times[0]), TextTable.Time(times[Processes / 2]), TextTable.Time(times[^1]));
        }

        Console.WriteLine("First forward after the first line of Main, construction included:");
        Console.Write(table);
        return 0;
    }

    /// <summary>The fresh process: computes once and prints the nanoseconds that it took.</summary>
    /// <param name="mainStart">The timestamp of the first line of Main.</param>
    /// <param name="name">The network's name.</param>
    public static int RunChild(long mainStart, string name)
    {
        foreach (var network in BenchmarkNetwork.All)
        {
            if (network.Name == name)
            {
                network.FirstForward();
                var elapsed = Stopwatch.GetElapsedTime(mainStart);
                Console.WriteLine(elapsed.TotalNanoseconds.ToString(CultureInfo.InvariantCulture));
                return 0;
            }
        }

        Console.Error.WriteLine($"There is no network {name}.");
        return 1;
    }

    /// <summary>Constructs a network and computes one output.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    public static void FirstForward<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var input = new float[TNetwork.Description.InputLength];
        var output = new float[TNetwork.Description.OutputLength];
        network.Forward(input, output);
        Sink.Consume(output[0]);
    }

    private static double StartChild(string name)
    {
        var program = Environment.ProcessPath!;
        // Under `dotnet Program.dll` the process is the host, which wants the program's path first.
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. host, FirstForwardArgument, name]) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(answer, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The process for {name} ended with {process.ExitCode}.");
    }
}
