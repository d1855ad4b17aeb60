using System.IO.Compression;

namespace StaticNet.Data;

/// <summary>Opens files that may be compressed with gzip, recognised by their first bytes and not by their name.</summary>
public static class GzipFile
{
    private const byte Magic0 = 0x1F;
    private const byte Magic1 = 0x8B;

    /// <summary>Opens a file for reading; a compressed one gives its decompressed bytes.</summary>
    /// <param name="path">The file, whatever its name ends in.</param>
    /// <returns>A stream to dispose. Damaged compression shows as <see cref="InvalidDataException"/> while it is read.</returns>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static Stream OpenRead(string path)
    {
        var file = File.OpenRead(path);
        return IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Reads a stream that may be compressed; disposing the result leaves that stream open.</summary>
    /// <param name="stream">A stream; only a seekable one can be looked into, any other is taken as not compressed.</param>
    /// <returns>The decompressing stream, or <paramref name="stream"/> itself.</returns>
    public static Stream Decompress(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : stream;
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
