using System.Text.Json;

namespace StaticNet.Benchmarks.Peers;

/// <summary>The files that <see cref="PeersMode"/> writes.</summary>
internal static class PeerFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="results">Its rows.</param>
    public static void Write(string path, IEnumerable<PeerResult> results) => File.WriteAllText(path, JsonSerializer.Serialize(results, Options) + "\n");

    /// <summary>Reads a file; what is wrong with it goes to the error output.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its rows, at least one, or null.</returns>
    public static PeerResult[]? TryRead(string path)
    {
        try
        {
            var results = JsonSerializer.Deserialize<PeerResult[]>(File.ReadAllText(path), Options);
            if (results is { Length: > 0 } && results.All(result => result is { Network: not null, Mode: not null, OursP50Ns: > 0 }))
                return results;
            Console.Error.WriteLine($"Expected the rows of `peers --json` in {path}; there are none.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            Console.Error.WriteLine($"Expected a file of `peers --json` in {path}: {failure.Message}");
        }

        return null;
    }
}
