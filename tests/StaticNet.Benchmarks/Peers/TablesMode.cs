using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using StaticNet.Benchmarks.Measuring;

namespace StaticNet.Benchmarks.Peers;

/// <summary>
/// Writes the tables of a Markdown file from what <see cref="PeersMode"/> has measured. A line
/// <c>&lt;!-- peers docs/benchmarks/zen3-0.1.0.json --&gt;</c> names the file, and what stands between it and <c>&lt;!-- /peers --&gt;</c>
/// is replaced.
/// </summary>
internal static partial class TablesMode
{
    /// <summary>Writes the tables, or looks whether they are as they would be written.</summary>
    /// <param name="path">The Markdown file, in the folder that the names of result files are relative to.</param>
    /// <param name="verifies">Whether nothing is written, and a difference is a failure.</param>
    public static int Run(string path, bool verifies)
    {
        var text = File.ReadAllText(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var failed = false;
        var written = Block().Replace(text, match =>
        {
            if (PeerFile.TryRead(Path.Combine(folder, match.Groups["file"].Value)) is { } results)
                return match.Groups["begin"].Value + "\n" + Tables(results) + "\n" + match.Groups["end"].Value;
            failed = true;
            return match.Value;
        });
        if (failed)
            return 1;
        if (!Block().IsMatch(text))
        {
            Console.Error.WriteLine($"Expected a line such as <!-- peers docs/benchmarks/NAME.json --> and a later one <!-- /peers --> in {path}; there is none.");
            return 1;
        }

        if (!verifies)
            File.WriteAllText(path, written);
        else if (written != text)
            Console.Error.WriteLine($"The tables of {path} are not those of the files that they name; run `tables {path}`.");
        return verifies && written != text ? 1 : 0;
    }

    private static string Tables(PeerResult[] results)
    {
        var text = new StringBuilder();
        text.AppendLine(Heading(results));
        Table("Forward, time per sample:", "ONNX Runtime", result => result.Mode == "forward");
        if (results.Where(result => result.AddedError is not null).DistinctBy(result => result.Network).ToArray() is { Length: > 0 } winograd)
        {
            text.AppendLine("""

                † by Winograd's algorithm, which needs fewer multiplications than the direct computation, so the share of the limit may exceed
                100 %. Compared with the `-direct` forms, over 1,024 random inputs,
                """ + " it adds an error of at most " + string.Join(" and ", winograd.Select(result => $"{Scientific(result.AddedError!.Value)} (`{result.Network}`)")) + "\nof the largest output.");
        }

        Table("Training, time per step (forward, backward, and the optimizer's step):", "PyTorch", result => result.Mode == "train" && (result.IsMeasured || result.Peer is null));
        foreach (var group in results.Where(result => result.Peer == PeerNames.OneThread).GroupBy(result => result.Mode))
            Table($"{group.Key.Replace("train, ", "Training with ", StringComparison.Ordinal)} compared with one, with the same bits:", "One thread", result => result.Peer == PeerNames.OneThread && result.Mode == group.Key);
        Table("Streams, time per step:", null, result => result.Mode == "stream");
        foreach (var group in results.Where(result => result.Peer is not null && !result.IsMeasured).GroupBy(result => result.Peer!))
            Table($"Training beside times that others have published, of another machine ({group.Key}); ours on one core:", "Published", result => result.Peer == group.Key);
        return text.Replace("\r", "").ToString().TrimEnd() + "\n";

        void Table(string title, string? peer, Func<PeerResult, bool> has)
        {
            var rows = results.Where(has).ToArray();
            if (rows.Length == 0)
                return;
            text.Append(CultureInfo.InvariantCulture, $"\n{title}\n\n");
            text.AppendLine(peer is null ? "| Network | Block | StaticNet | GFLOP/s | Of the limit |" : $"| Network | Batch | StaticNet | {peer} | Ratio | GFLOP/s | Of the limit |");
            text.AppendLine(peer is null ? "|---|---:|---:|---:|---:|" : "|---|---:|---:|---:|---:|---:|---:|");
            foreach (var row in rows)
            {
                var mode = row.Mode.EndsWith("epochs", StringComparison.Ordinal) ? $", {row.Mode}" : "";
                string[] theirs = peer is null ? [] : [Or(row.PeerP50Ns, TextTable.Time), Or(row.Ratio, TextTable.Digits)];
                string[] cells =
                [
                    $"`{row.Network}`{(row.AddedError is null ? "" : "†")}{mode}", row.Batch.ToString("N0", CultureInfo.InvariantCulture), TextTable.Time(row.OursP50Ns),
                    .. theirs, TextTable.Digits(row.Gflops), string.Create(CultureInfo.InvariantCulture, $"{100 * row.ShareOfLimit:F0} % of {row.Limit}"),
                ];
                text.AppendLine($"| {string.Join(" | ", cells)} |");
            }
        }

        static string Or(double? value, Func<double, string> text) => value is { } number ? text(number) : "–";
    }

    private static string Heading(PeerResult[] results)
    {
        var peers = results.Where(result => result.PeerVersion is not null).Select(result => (result.Peer, result.PeerVersion)).Distinct()
            .Select(peer => peer.Peer == PeerNames.OnnxRuntime ? $"ONNX Runtime {peer.PeerVersion} (C API, preallocated inputs and outputs)" : $"PyTorch {peer.PeerVersion}").ToArray();
        var against = peers.Length == 0 ? "" : $",\nagainst {string.Join(" and ", peers)}, one thread each";
        var first = results[0];
        return string.Create(CultureInfo.InvariantCulture, $"StaticNet {first.Version} on one core of an {first.Processor} with {first.Runtime}, whose FMA peak is {first.FmaPeakGflops:F0} GFLOP/s{against}.");
    }

    /// <summary>1.8·10⁻⁶.</summary>
    private static string Scientific(double value)
    {
        var exponent = (int)Math.Floor(Math.Log10(value));
        var raised = string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
        return string.Create(CultureInfo.InvariantCulture, $"{value / Math.Pow(10, exponent):F1}·10{raised}");
    }

    [GeneratedRegex("(?<begin><!-- peers (?<file>[^ ]+) -->)\n.*?\n(?<end><!-- /peers -->)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
