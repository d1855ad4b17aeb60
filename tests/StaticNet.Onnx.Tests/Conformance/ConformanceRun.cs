using StaticNet.Importing;
using StaticNet.Onnx.Tests.Compiling;

namespace StaticNet.Onnx.Tests.Conformance;

/// <summary>What becomes of each case.</summary>
internal static class ConformanceRun
{
    /// <summary>The cases with the reason why one is refused, or what is wrong with its outputs.</summary>
    /// <param name="folder">The folder of the cases, or of folders of cases.</param>
    public static IReadOnlyList<(ConformanceCase Case, string? Refused, string? Wrong)> Of(string folder)
    {
        var cases = Directory.EnumerateFiles(folder, "model.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => new ConformanceCase(Path.GetDirectoryName(file)!)).ToArray();
        var imports = cases.Select((item, index) => (Case: item, Import: item.Import($"Case{index}", out var reason), Reason: reason)).ToArray();
        var networks = imports.Where(item => item.Import is not null).Select(item => item.Import!.Network).ToArray();
        var runs = Compiled(networks);
        var results = new List<(ConformanceCase, string?, string?)>();
        var next = 0;
        foreach (var (item, import, reason) in imports)
        {
            if (import is null)
                results.Add((item, reason, null));
            else
                results.Add((item, null, runs[next++] is { Run: { } run } ? item.Check(import.Network, run) : runs[next - 1].Fault));
        }

        return results;
    }

    /// <summary>All networks in one assembly; if one does not compile, those of its half again, to find it.</summary>
    private static (Func<float[], float[]>? Run, string? Fault)[] Compiled(ImportedNetwork[] networks)
    {
        try
        {
            return [.. CompiledModel.Compile(networks).Select(run => (run, (string?)null))];
        }
        catch (InvalidOperationException e)
        {
            return networks.Length == 1
                ? [(null, $"it does not compile: {e.Message}")]
                : [.. Compiled(networks[..(networks.Length / 2)]), .. Compiled(networks[(networks.Length / 2)..])];
        }
    }
}
