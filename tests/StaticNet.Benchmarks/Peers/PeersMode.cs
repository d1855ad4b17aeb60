using System.Globalization;
using System.Runtime.InteropServices;
using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Measures our networks and other programs in one run, prints a table, and writes JSON when asked to.</summary>
internal static class PeersMode
{
    /// <summary>Measures.</summary>
    /// <param name="options">Which cases, and where the JSON goes.</param>
    public static int Run(PeersOptions options)
    {
        var cases = (from network in BenchmarkNetwork.All
                     from peerCase in network.PeerCases
                     where peerCase.FullName.Contains(options.Filter, StringComparison.OrdinalIgnoreCase)
                     select (Network: network, PeerCase: peerCase)).ToArray();
        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"Nothing matches the filter '{options.Filter}'.");
            return 1;
        }

        var limits = MachineLimits.Measure();
        Console.WriteLine(limits);
        var peers = FoundPeers.Find();
        Console.WriteLine();

        var table = new TextTable("network", "mode", "batch", "p50", "p99", "peer", "peer p50", "ratio", "GFLOP/s", "of the limit");
        var results = new List<PeerResult>();
        try
        {
            foreach (var (network, peerCase) in cases)
            {
                if (peerCase.Missing is { } missing)
                {
                    Console.Error.WriteLine($"skipping {peerCase.FullName}: {missing}");
                    continue;
                }

                Console.Error.WriteLine($"measuring {peerCase.FullName}");
                var measurement = peerCase.Measure(peers);
                var result = Result(network, peerCase, measurement, limits, peers);
                results.Add(result);
                table.Add(Row(result));
            }
        }
        catch (PeerException failure)
        {
            Console.Error.WriteLine($"FAILED: {failure.Message}");
            return 1;
        }

        Console.WriteLine(table);
        Console.WriteLine("Times are per sample in mode forward, per training step in mode train, per step of the stream in mode stream. ratio = peer p50 / p50.");
        Console.WriteLine("A peer with a machine after its name did not run here: its time was published, of that machine.");
        Console.WriteLine("The limit is the FMA peak, or reading weights and inputs once from the cache that holds them.");
        foreach (var result in results.Where(result => result.AddedError is not null).DistinctBy(result => result.Network))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"* {result.Network} computes 3×3 convolutions by Winograd's F(4×4, 3×3), which adds an error of at most {result.AddedError:G2} of the largest output (1,024 random inputs, against the direct form)."));
        if (options.Json is not null)
            PeerFile.Write(options.Json, results);
        return 0;
    }

    private static PeerResult Result(BenchmarkNetwork network, PeerCase peerCase, PeerMeasurement measurement, MachineLimits limits, FoundPeers peers)
    {
        var ours = measurement.Ours.P50Ns;
        var theirs = measurement.Theirs?.P50Ns;
        var nanoseconds = ours * measurement.Samples;
        var (bound, limit) = limits.Bound(measurement.Work);
        return new PeerResult(
            peerCase.Network,
            peerCase.Mode,
            peerCase.Batch,
            Math.Round(ours, 2),
            Math.Round(measurement.Ours.P99Ns, 2),
            theirs is null ? null : peerCase.Peer,
            theirs is null ? null : peers.VersionOf(peerCase.Peer),
            theirs is { } time ? Math.Round(time, 2) : null,
            theirs is { } slower ? Math.Round(slower / ours, 3) : null,
            Math.Round(measurement.Work.Flops / nanoseconds, 2),
            Math.Round(bound / nanoseconds, 3),
            limit,
            // Training computes directly.
            peerCase.Mode == "forward" ? network.AddedError?.Invoke() : null,
            Math.Round(limits.Fma, 1),
            Processor.Name,
            RuntimeInformation.FrameworkDescription,
            typeof(NetworkAttribute).Assembly.GetName().Version!.ToString(3));
    }

    private static string[] Row(PeerResult result) =>
    [
        result.Network + (result.AddedError is null ? "" : "*"),
        result.Mode,
        result.Batch.ToString(CultureInfo.InvariantCulture),
        TextTable.Time(result.OursP50Ns),
        TextTable.Time(result.OursP99Ns),
        result.Peer ?? "–",
        result.PeerP50Ns is { } theirs ? TextTable.Time(theirs) : "–",
        result.Ratio is { } ratio ? TextTable.Digits(ratio) : "–",
        TextTable.Digits(result.Gflops),
        string.Create(CultureInfo.InvariantCulture, $"{100 * result.ShareOfLimit:F0} % of {result.Limit}"),
    ];
}
