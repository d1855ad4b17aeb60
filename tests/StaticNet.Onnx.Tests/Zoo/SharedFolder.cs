namespace StaticNet.Onnx.Tests.Zoo;

/// <summary>Models and cases by others, which lie in a folder <c>shared</c> next to the project or above it.</summary>
internal static class SharedFolder
{
    /// <summary>A folder in <c>shared</c>, or null if it is not there.</summary>
    public static string? Find(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine([folder.FullName, "shared", .. path]);
            if (Directory.Exists(found))
                return found;
        }

        return null;
    }
}
