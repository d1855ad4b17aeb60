using System.Text;
using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;

namespace StaticNet.Generator.Parsing;

/// <summary>Reads what a file of baked weights is of.</summary>
internal static class BakedHeader
{
    /// <summary>Reads the lines of its architecture.</summary>
    /// <param name="read">Reads the given number of bytes, or as many as there are.</param>
    /// <param name="length">The file's length.</param>
    /// <exception cref="FormatException">It is not such a file, or is cut.</exception>
    public static string[] Read(Func<int, byte[]> read, long length)
    {
        var header = read(BakedFormat.HeaderLength);
        if (BakedFormat.Fault(header, length, FileKind.Describe(header)) is { } fault)
            throw new FormatException("it " + fault);
        return BakedFormat.LinesOf(Encoding.UTF8.GetString(read(BakedFormat.ArchitectureLength(header))));
    }
}
