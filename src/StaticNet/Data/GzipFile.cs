namespace StaticNet.Data;

/// <summary>Opens files that may be compressed with gzip, recognised by their first bytes and not by their name.</summary>
/// <remarks>
/// A compressed file is checked completely while it is read: a file that is truncated anywhere, or whose data, length or checksum
/// are damaged, causes an <see cref="InvalidDataException"/> that says so. Several members one after the other are one file. The
/// decompressed length is limited, because a few compressed bytes can become a thousand times as many.
/// </remarks>
public static class GzipFile
{
    internal const byte Magic0 = 0x1F;
    internal const byte Magic1 = 0x8B;

    private const long AlwaysAllowed = 1L << 26;
    private const long AllowedRatio = 100;

    /// <summary>Opens a file for reading; if it is compressed, the stream returns the decompressed bytes.</summary>
    /// <param name="path">The file, whatever its name ends in.</param>
    /// <param name="maxDecompressedLength">
    /// The largest decompressed length of a compressed file in bytes; null for <see cref="DefaultMaxDecompressedLength"/>.
    /// </param>
    /// <returns>A stream to dispose. Damaged compressed data cause an <see cref="InvalidDataException"/> while it is
    /// read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static Stream OpenRead(string path, long? maxDecompressedLength = null)
    {
        RequireLimit(maxDecompressedLength);
        var file = InputFile.OpenRead(path);
        try
        {
            return IsGzip(file) ? new GzipReader(file, maxDecompressedLength, leaveOpen: false) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a stream that may be compressed; disposing the result leaves that stream open.</summary>
    /// <param name="stream">A stream; compression is only recognised if it can seek.</param>
    /// <param name="maxDecompressedLength">
    /// The largest decompressed length of a compressed stream in bytes; null for <see cref="DefaultMaxDecompressedLength"/>.
    /// </param>
    /// <param name="advice">A sentence for the message that says what to do if the limit is too low; null to name
    /// <paramref name="maxDecompressedLength"/>.
    /// </param>
    /// <returns>The decompressing stream, or <paramref name="stream"/> itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public static Stream Decompress(Stream stream, long? maxDecompressedLength = null, string? advice = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireLimit(maxDecompressedLength);
        return IsGzip(stream) ? new GzipReader(stream, maxDecompressedLength, leaveOpen: true, advice) : stream;
    }

    /// <summary>The default limit on the decompressed length of a file: 64 MiB, or 100 times its length if that is
    /// more.</summary>
    /// <param name="compressedLength">Its length in bytes.</param>
    /// <returns>The most decompressed bytes.</returns>
    public static long DefaultMaxDecompressedLength(long compressedLength) =>
        Math.Max(AlwaysAllowed, AllowedRatio * Math.Min(compressedLength, long.MaxValue / AllowedRatio));

    private static void RequireLimit(long? maxDecompressedLength)
    {
        if (maxDecompressedLength < 0)
            throw new ArgumentOutOfRangeException(nameof(maxDecompressedLength), maxDecompressedLength, "Expected a limit of 0 or more decompressed bytes.");
    }

    private static bool IsGzip(Stream stream)
    {
        if (!stream.CanSeek)
            return false;
        Span<byte> magic = stackalloc byte[2];
        var read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Seek(-read, SeekOrigin.Current);
        return read == magic.Length && magic[0] == Magic0 && magic[1] == Magic1;
    }
}
