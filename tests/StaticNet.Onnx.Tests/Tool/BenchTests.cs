using StaticNet.Exporting.Onnx;
using StaticNet.Networks;
using StaticNet.Tool;
using StaticNet.Tool.Measuring;

namespace StaticNet.Onnx.Tests.Tool;

/// <summary><c>staticnet bench</c>.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_network_and_a_model_are_measured()
    {
        var model = Path.Combine(_folder, "lenet.onnx");
        OnnxExporter.Save(new LeNet5(1), model);

        var run = CommandRun.Of("bench", typeof(LeNet5).Assembly.Location, "--network", "LeNet5", "--onnx", model, "--seconds", "0.05");

        Assert.True(run.Code == ExitCode.Done, run.Text);
        Assert.Contains("LeNet5: 61,706 parameters, ", run.Text, StringComparison.Ordinal);
        var rows = run.Text.Split('\n').Select(line => string.Join(' ', line.Split((char[])[' ', '│', '\r'], StringSplitOptions.RemoveEmptyEntries))).ToArray();
        Assert.All(["p50 ", "p90 ", "p99 ", "p99.9 ", "p99.99 ", "longest ", "calls ", "first result ", "weights "], name => Assert.Single(rows, row => row.StartsWith(name, StringComparison.Ordinal)));
        // A call of the network allocates nothing.
        Assert.Single(rows, row => row.StartsWith("bytes per call 0 ", StringComparison.Ordinal));
        Assert.All(["StaticNet: the calls", "ONNX Runtime: the calls"], name => Assert.Single(rows, row => row.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Sources_are_measured_with_the_weights_that_they_start_with()
    {
        var source = Path.Combine(_folder, "Net.cs");
        File.WriteAllText(source, "using StaticNet;\n[Network, Input(3), Dense(2)]\npublic sealed partial class Net;");

        Assert.Equal(ExitCode.Done, CommandRun.Of("bench", source, "--seconds", "0.02").Code);
        Assert.Equal(ExitCode.File, CommandRun.Of("bench", source, "--seconds", "0.02", "--onnx", Path.Combine(_folder, "missing.onnx")).Code);
        Assert.Equal(1, CommandRun.Of("bench", source, "--seconds", "0").Code);
    }

    [Fact]
    public void Percentiles_are_those_of_few_and_of_many_calls()
    {
        double[] many = [.. Enumerable.Range(1, 10_000).Select(index => (double)index)];

        Assert.Equal([5001, 9001, 9901, 9991, 10_000], Percentiles.Shares.Select(share => Math.Round(Percentiles.Of(many, share)!.Value)));
        Assert.Equal([51, 91, 100, null, null], Percentiles.Shares.Select(share => Percentiles.Of(many[..100], share)));
        Assert.All(Percentiles.Shares, share => Assert.Null(Percentiles.Of(many[..1], share)));
    }

    [Fact]
    public void A_histogram_counts_every_call_once()
    {
        var random = new Random(1);
        double[] times = [.. Enumerable.Range(0, 5000).Select(_ => 1 + (100 * Math.Pow(random.NextDouble(), 4))).Append(5000).Order()];

        var bins = Percentiles.Histogram(times, 12);

        Assert.Equal(times.Length, bins.Sum(bin => bin.Count));
        Assert.Equal(5000, bins[^1].Bound);
        Assert.Equal(bins.Select(bin => bin.Bound).Order(), bins.Select(bin => bin.Bound));
        Assert.Equal(12, Percentiles.Histogram([2, 2, 2], 12).Length);
        Assert.Equal(3, Percentiles.Histogram([2, 2, 2], 12).Sum(bin => bin.Count));
    }

    [Fact]
    public void The_bytes_of_a_call_are_counted()
    {
        var kept = new object();
        var meter = new LatencyMeter("arrays", () => kept = new byte[1000]);

        meter.Run(TimeSpan.FromMilliseconds(5));

        Assert.NotNull(kept);
        Assert.InRange(meter.BytesPerCall, 1000, 1100);
        Assert.Equal(meter.Calls, meter.Sorted().Length);
    }
}
