namespace StaticNet.Benchmarks;

/// <summary>The folder of the sources that this program was built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds StaticNet.sln, above the program; null when it has been moved away.</summary>
    public static string? Root { get; } = Find();

    private static string? Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "StaticNet.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }
}
