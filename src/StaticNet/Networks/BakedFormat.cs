using System.Buffers.Binary;

namespace StaticNet;

/// <summary>The head of a file of baked weights: 64 bytes, then the architecture as text, then what comes with the weights, then the weights.</summary>
/// <remarks>
/// <para>
/// Bytes 0 to 7 are the mark of the format and of the places of numbers in panels, 8 to 39 the SHA-256 of the architecture's UTF-8, 40 to 43 the length of that text, 44 to 47 the
/// length of what comes with the weights (scaling and schema, as safetensors; 0 for none), 48 to 55 the number of floats, and 56 to 63 are zero.
/// The weights begin at the next multiple of 64 and end with the file. All numbers are little-endian.
/// </para>
/// <para>The generator compiles this source too: it keeps to what netstandard2.0 has.</para>
/// </remarks>
internal static class BakedFormat
{
    /// <summary>How the name of such a file ends.</summary>
    public const string Extension = ".baked";

    /// <summary>The bytes before the architecture, and what the weights are aligned to.</summary>
    public const int HeaderLength = 64;

    /// <summary>What separates the lines of an architecture: a line feed.</summary>
    public const char LineEnd = (char)10;

    /// <summary>The place of the hash.</summary>
    public const int HashOffset = 8;

    /// <summary>The length of the hash.</summary>
    public const int HashLength = 32;

    private const int ArchitectureOffset = 40;
    private const int BesidesOffset = 44;
    private const int CountOffset = 48;

    /// <summary>More than the architecture of any network takes.</summary>
    private const int LongestArchitecture = 64 << 20;

    private static ReadOnlySpan<byte> Mark => "SNBAKED1"u8;

    /// <summary>The bytes of the architecture.</summary>
    public static int ArchitectureLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header.Slice(ArchitectureOffset));

    /// <summary>The bytes of what comes with the weights, after the architecture.</summary>
    public static int BesidesLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header.Slice(BesidesOffset));

    /// <summary>Where the weights begin.</summary>
    public static int WeightsOffset(ReadOnlySpan<byte> header) =>
        (HeaderLength + ArchitectureLength(header) + BesidesLength(header) + HeaderLength - 1) / HeaderLength * HeaderLength;

    /// <summary>Writes the head, but for the hash.</summary>
    public static void Write(Span<byte> header, int architecture, int besides, long count)
    {
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.Slice(ArchitectureOffset), architecture);
        BinaryPrimitives.WriteInt32LittleEndian(header.Slice(BesidesOffset), besides);
        BinaryPrimitives.WriteInt64LittleEndian(header.Slice(CountOffset), count);
    }

    /// <summary>Finds what is wrong with a file.</summary>
    /// <param name="header">Its first bytes, <see cref="HeaderLength"/> if it has that many.</param>
    /// <param name="length">The file's length.</param>
    /// <param name="kind">The other kind of file that these bytes begin; null if none is recognised.</param>
    /// <returns>What it is instead, or what is wrong with it, after "it"; null if it is whole.</returns>
    public static string? Fault(ReadOnlySpan<byte> header, long length, string? kind)
    {
        if (!header.StartsWith(Mark.Slice(0, Math.Min(header.Length, Mark.Length))) || header.Length == 0)
            return kind is not null ? "is " + kind : header.Length == 0 ? "is empty" : "does not begin as one";
        if (header.Length < HeaderLength)
            return "ends within its head: it is truncated";
        var (architecture, besides, count) = (ArchitectureLength(header), BesidesLength(header), BinaryPrimitives.ReadInt64LittleEndian(header.Slice(CountOffset)));
        if (architecture is < 1 or > LongestArchitecture || besides is < 0 or > LongestArchitecture || count is < 0 or > int.MaxValue)
            return "is damaged: its head has lengths that no file has";
        var expected = WeightsOffset(header) + (count * sizeof(float));
        return expected == length ? null : FormattableString.Invariant($"should have {expected} bytes, but has {length}: it is {(length < expected ? "truncated" : "too long")}");
    }

    /// <summary>The lines of an architecture.</summary>
    public static string[] LinesOf(string architecture) => architecture.Split(LineEnd);
}
