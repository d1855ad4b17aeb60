using System.Globalization;
using System.Runtime.InteropServices;

namespace StaticNet.Tests.Sequences;

/// <summary>Models of others with reference outputs, in a folder beside the project; tests that need it say so and skip where it is not.</summary>
internal static class Zoo
{
    /// <summary>The folder, or null.</summary>
    public static string? Folder { get; } = Find();

    public static string PathOf(string file) => Path.Combine(Folder!, file);

    /// <summary>Little-endian floats.</summary>
    public static float[] Floats(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(file))).ToArray();

    /// <summary>Numbers, row by row.</summary>
    public static float[][] Rows(string file) =>
        [.. File.ReadLines(PathOf(file)).Where(line => line.Length > 0).Select(line => Array.ConvertAll(line.Split(','), cell => float.Parse(cell, CultureInfo.InvariantCulture)))];

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var zoo = Path.Combine(folder.FullName, "shared", "zoo");
            if (Directory.Exists(zoo))
                return zoo;
        }

        return null;
    }
}
