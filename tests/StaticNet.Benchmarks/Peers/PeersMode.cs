using System.Globalization;
using System.Text.Json;
using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Measures our networks and other programs in one run, prints a table, and writes JSON when asked to.</summary>
internal static class PeersMode
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

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
                Console.Error.WriteLine($"measuring {peerCase.FullName}");
                var measurement = peerCase.Measure(peers);
                var result = Result(peerCase, measurement, limits);
                results.Add(result);
                table.Add(Row(result, measurement, limits, UsesWinograd(network, peerCase)));
            }
        }
        catch (PeerException failure)
        {
            Console.Error.WriteLine($"FAILED: {failure.Message}");
            return 1;
        }

        Console.WriteLine(table);
        Console.WriteLine("Times are per sample in mode forward, per training step in mode train, per step of the stream in mode stream. ratio = peer p50 / p50.");
        Console.WriteLine("The limit is the FMA peak, or reading weights and inputs once from the cache that holds them.");
        foreach (var network in cases.Where(pair => UsesWinograd(pair.Network, pair.PeerCase)).Select(pair => pair.Network).Distinct())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"* {network.Name} computes 3×3 convolutions by Winograd's F(4×4, 3×3), which adds an error of at most {network.AddedError!():G2} of the largest output (1,024 random inputs, against the direct form)."));
        if (options.Json is not null)
            File.WriteAllText(options.Json, JsonSerializer.Serialize(results, JsonOptions));
        return 0;
    }

    // Training computes directly.
    private static bool UsesWinograd(BenchmarkNetwork network, PeerCase peerCase) => network.AddedError is not null && peerCase.Mode == "forward";

    private static PeerResult Result(PeerCase peerCase, PeerMeasurement measurement, MachineLimits limits)
    {
        var ours = measurement.Ours.P50Ns;
        var theirs = measurement.Theirs?.P50Ns;
        return new PeerResult(
            peerCase.Network,
            peerCase.Mode,
            peerCase.Batch,
            Math.Round(ours, 2),
            theirs is null ? null : peerCase.Peer,
            theirs is { } time ? Math.Round(time, 2) : null,
            theirs is { } slower ? Math.Round(slower / ours, 3) : null,
            Math.Round(limits.Fma, 1));
    }

    private static string[] Row(PeerResult result, PeerMeasurement measurement, MachineLimits limits, bool usesWinograd)
    {
        var nanoseconds = measurement.Ours.P50Ns * measurement.Samples;
        var (bound, name) = limits.Bound(measurement.Work);
        return
        [
            result.Network + (usesWinograd ? "*" : ""),
            result.Mode,
            result.Batch.ToString(CultureInfo.InvariantCulture),
            TextTable.Time(measurement.Ours.P50Ns),
            TextTable.Time(measurement.Ours.P99Ns),
            result.Peer ?? "–",
            result.PeerP50Ns is { } theirs ? TextTable.Time(theirs) : "–",
            result.Ratio is { } ratio ? TextTable.Digits(ratio) : "–",
            TextTable.Digits(measurement.Work.Flops / nanoseconds),
            string.Create(CultureInfo.InvariantCulture, $"{100 * bound / nanoseconds:F0} % of {name}"),
        ];
    }
}
