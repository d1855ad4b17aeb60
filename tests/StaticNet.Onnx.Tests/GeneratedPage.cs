namespace StaticNet.Onnx.Tests;

/// <summary>A page of documentation that a test writes, if it is asked to.</summary>
internal static class GeneratedPage
{
    /// <summary>Writes the page to docs/generated if STATICNET_UPDATE_BASELINES is 1.</summary>
    public static void Write(string name, IEnumerable<string> lines)
    {
        if (Environment.GetEnvironmentVariable("STATICNET_UPDATE_BASELINES") != "1")
            return;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StaticNet.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The folder of the solution was not found.");
        File.WriteAllText(Path.Combine(folder.FullName, "docs", "generated", name), string.Join('\n', lines) + "\n");
    }
}
