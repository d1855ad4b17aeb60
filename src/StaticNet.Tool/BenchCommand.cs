using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Tool.Measuring;

namespace StaticNet.Tool;

/// <summary><c>staticnet bench</c>.</summary>
internal static class BenchCommand
{
    private const int Rounds = 10;
    private const int Bins = 12;
    private const int BarWidth = 40;

    public static Command Create(IAnsiConsole console)
    {
        var source = new NetworkSource("The weights (.safetensors); random numbers if they are left out", needsWeights: false);
        var onnx = new OnnxSource("An ONNX model that is measured too, in ONNX Runtime on one thread, alternately with the network");
        var seconds = new Option<double>("--seconds") { Description = "How long each of them is measured", DefaultValueFactory = _ => 3 };
        var command = new Command(
            "bench",
            """
            Measures the latency of a network, one sample at a time: percentiles and a histogram, the bytes that a call allocates, the time to
            the first result, and sizes.

            Examples:
              staticnet bench bin/Release/net10.0/MyApp.dll --network Digits
              staticnet bench Digits.cs --weights digits.safetensors --onnx digits.onnx
              staticnet bench Networks/Policy.cs --onnx policy.onnx --output continuous_actions --input masks=1
            """);
        source.AddTo(command);
        onnx.AddTo(command);
        command.Options.Add(seconds);
        seconds.Validators.Add(result =>
        {
            if (result.GetValue(seconds) is not (>= 0.01 and <= 3600))
                result.AddError("Expected 0.01 to 3600 after --seconds.");
        });
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            var network = source.Compile(result, source.Read(result));
            var start = Stopwatch.GetTimestamp();
            if (source.Weights(result) is { } weights)
                network.Load(weights);
            var random = new Random(1);
            float[] sample = [.. Enumerable.Range(0, network.Description.InputLength).Select(_ => (2 * random.NextSingle()) - 1)];
            var output = new float[network.Description.OutputLength];
            network.Forward(sample, output);
            var first = Stopwatch.GetElapsedTime(start);
            Measurement[] measured = [new Measurement(new LatencyMeter("StaticNet", () => network.Forward(sample, output)), first, network.Description.WeightBytes)];
            using var model = onnx.Model(result) is { } file ? Model(file, onnx.Ports(result), network.Description, sample, ref measured) : null;
            Measure(measured, TimeSpan.FromSeconds(result.GetValue(seconds)));
            Write(console, network.Description, measured);
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Loads a model, and adds it to what is measured.</summary>
    private static OnnxModel Model(FileInfo file, OnnxPorts ports, NetworkDescription network, float[] sample, ref Measurement[] measured)
    {
        var start = Stopwatch.GetTimestamp();
        var model = new OnnxModel(file, network, ports);
        var inputs = model.Inputs(sample);
        model.Compute(inputs);
        measured = [.. measured, new Measurement(new LatencyMeter("ONNX Runtime", () => model.Compute(inputs)), Stopwatch.GetElapsedTime(start), file.Length)];
        return model;
    }

    private static void Measure(Measurement[] measured, TimeSpan time)
    {
        foreach (var item in measured)
            item.Meter.Warm(time / 5);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var item in measured)
                item.Meter.Run(time / Rounds);
        }
    }

    private static void Write(IAnsiConsole console, NetworkDescription network, Measurement[] measured)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Name}: {network.ParameterCount:N0} parameters, {network.MultiplyAdds:N0} multiply-adds, {network.WorkspaceBytes:N0} bytes of workspace"));
        var all = measured.Select(item => item.Meter.Sorted()).ToArray();
        var table = new Table().Border(TableBorder.Simple).AddColumn("");
        foreach (var item in measured)
            table.AddColumn(new TableColumn(item.Meter.Name).RightAligned());
        foreach (var share in Percentiles.Shares)
            AddRow($"p{(share * 100).ToString("0.##", CultureInfo.InvariantCulture)}", (_, times) => Percentiles.Of(times, share) is { } value ? $"{Number(value)} µs" : "–");
        AddRow("longest", (_, times) => $"{Number(times[^1])} µs");
        AddRow("calls", (item, _) => Count(item.Meter.Calls));
        AddRow("bytes per call", (item, _) => Count((long)Math.Round(item.Meter.BytesPerCall)));
        AddRow("first result", (item, _) => $"{Number(item.First.TotalMilliseconds)} ms");
        AddRow("weights", (item, _) => $"{Count(item.Bytes)} bytes");
        console.Write(table);
        if (all is [var ours, var theirs] && Percentiles.Of(ours, 0.5) is { } own && Percentiles.Of(theirs, 0.5) is { } other)
            console.WriteLine($"ONNX Runtime takes {Number(other / own)} times as long (p50)");
        foreach (var (item, times) in measured.Zip(all))
            WriteHistogram(console, item.Meter.Name, times);

        void AddRow(string name, Func<Measurement, double[], string> text) => table.AddRow([name, .. measured.Zip(all, text)]);
    }

    private static void WriteHistogram(IAnsiConsole console, string name, double[] times)
    {
        var bins = Percentiles.Histogram(times, Bins);
        var most = bins.Max(bin => bin.Count);
        console.WriteLine();
        console.WriteLine($"{name}: the calls that take no longer, and longer than the line above");
        foreach (var (bound, count) in bins)
            console.WriteLine($"{Number(bound),8} µs {new string('█', (int)Math.Ceiling((double)count * BarWidth / most)).PadRight(BarWidth)} {Count(count)}");
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "F0" : "G3", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What is measured.</summary>
    /// <param name="Meter">Times its calls.</param>
    /// <param name="First">The time from the weights' file to the first result.</param>
    /// <param name="Bytes">The size of its weights, or of its file.</param>
    private sealed record Measurement(LatencyMeter Meter, TimeSpan First, long Bytes);
}
