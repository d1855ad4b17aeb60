using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Reads the chunks of a PNG file: each has its length, four letters, data and a checksum.</summary>
internal static class PngFile
{
    // What deflate reaches at most; a file that states more cannot hold it.
    private const int MaxCompression = 1032;

    // Length, type and checksum.
    private const int ChunkBytes = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static ImageData Decode(ReadOnlySpan<byte> file, int maxLength)
    {
        PngHeader? header = null;
        byte[] palette = [];
        var orientation = ExifOrientation.Upright;
        using var compressed = new MemoryStream();
        var position = Signature.Length;
        while (true)
        {
            var type = ReadChunk(file, ref position, out var data);
            if (header is null && type != "IHDR")
                throw new DataFormatException($"Expected the chunk IHDR first, but got {type}.");
            switch (type)
            {
                case "IHDR" when header is null: header = PngHeader.Parse(data, maxLength); break;
                case "PLTE": palette = Palette(data); break;
                case "IDAT": compressed.Write(data); break;
                case "eXIf": orientation = ExifOrientation.Of(data); break;
                case "IEND": return ExifOrientation.Apply(Decode(header!.Value, palette, compressed), orientation);
                default:
                    // A small first letter marks what can be left out.
                    if (!char.IsAsciiLetterLower(type[0]))
                        throw new DataFormatException($"Expected the chunks IHDR once, PLTE, IDAT and IEND, but got {type}.");
                    break;
            }
        }
    }

    private static string ReadChunk(ReadOnlySpan<byte> file, ref int position, out ReadOnlySpan<byte> data)
    {
        var left = file.Length - position;
        var length = left < ChunkBytes ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(file[position..]);
        if (length > left - ChunkBytes)
            throw new DataFormatException(
                $"Expected a chunk{(left < ChunkBytes ? "" : $" of {length} bytes")} and, at last, IEND; {left} bytes are left.");
        var checkedBytes = file.Slice(position + 4, 4 + (int)length);
        var stated = BinaryPrimitives.ReadUInt32BigEndian(file[(position + 8 + (int)length)..]);
        var type = Encoding.Latin1.GetString(checkedBytes[..4]);
        if (Crc32.Of(checkedBytes) != stated)
            throw new DataFormatException(
                $"Expected the checksum 0x{Crc32.Of(checkedBytes):X8} for the chunk at byte {position}, but got 0x{stated:X8}.");
        data = checkedBytes[4..];
        position += ChunkBytes + (int)length;
        return type;
    }

    private static byte[] Palette(ReadOnlySpan<byte> data) => data.Length % 3 == 0 && data.Length is > 0 and <= 768
        ? data.ToArray()
        : throw new DataFormatException($"Expected a palette of 1 to 256 colours of 3 bytes; it has {data.Length} bytes.");

    private static ImageData Decode(PngHeader header, byte[] palette, MemoryStream compressed)
    {
        if (header.IsPalette && palette.Length == 0)
            throw new DataFormatException("Expected a chunk PLTE for an image of palette colours; there is none.");
        if (header.ByteCount > Array.MaxLength)
            throw new DataFormatException($"Expected at most {Array.MaxLength} bytes of pixels; the image has {header.ByteCount}.");
        if (header.ByteCount > MaxCompression * compressed.Length)
            throw new DataFormatException(
                $"Expected {header.ByteCount} bytes of pixels; {compressed.Length} compressed bytes cannot hold them.");

        // Bit 5 of the second byte: the data refer to a dictionary, which no PNG file carries.
        if (compressed.Length >= 2 && (compressed.GetBuffer()[1] & 0x20) != 0)
            throw new DataFormatException("Expected zlib data without a preset dictionary, as PNG has them; they ask for one.");
        var lines = new byte[(int)header.ByteCount];
        compressed.Position = 0;
        try
        {
            using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
            var read = inflate.ReadAtLeast(lines, lines.Length, throwOnEndOfStream: false);
            if (read < lines.Length || inflate.ReadByte() >= 0)
                throw new DataFormatException(
                    $"Expected {lines.Length} bytes of pixels, but got {(read < lines.Length ? $"{read}" : "more")}.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // All is in memory: an exception of input and output is zlib's own.
            throw new DataFormatException($"Expected valid zlib data: {e.Message}", e);
        }
        return new PngPixels(header, palette).Decode(lines);
    }
}
