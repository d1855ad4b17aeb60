using System.Buffers.Binary;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>
/// What the markers of a JPEG file state: read before anything is decoded, so that a file that cannot hold its pixels costs neither memory
/// nor time.
/// </summary>
/// <param name="Width">The pixels of a row.</param>
/// <param name="Height">The rows.</param>
/// <param name="Components">1: gray; 3: colours.</param>
/// <param name="Orientation">How the image is to be turned, 1 to 8; see <see cref="ExifOrientation"/>.</param>
internal readonly record struct JpegHeader(int Width, int Height, int Components, int Orientation = ExifOrientation.Upright)
{
    // Encoders write ten or so for a progressive image; each is a pass over all of its blocks.
    private const int MaxScans = 100;

    private const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA;

    private const byte RestartInterval = 0xDD, Baseline = 0xC0, Progressive = 0xC2, Exif = 0xE1;

    public static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, StartOfImage, 0xFF]);

    /// <exception cref="DataFormatException">The file is not whole, or not of a kind that is read.</exception>
    public static JpegHeader Parse(ReadOnlySpan<byte> file)
    {
        JpegHeader? header = null;
        HashSet<byte> components = [], scanned = [];
        var scans = 0;
        int? orientation = null;
        var (isProgressive, restarts) = (false, false);
        var position = 2;
        while (ReadSegment(file, ref position, out var data) is var marker && marker != EndOfImage)
        {
            if (IsFrame(marker))
            {
                if (header is not null)
                    throw new DataFormatException("Expected a single frame in a JPEG image; there is another.");
                header = ParseFrame(marker, data, components);
                isProgressive = marker == Progressive;
            }
            else if (marker == RestartInterval)
            {
                restarts = data.ContainsAnyExcept((byte)0);
            }
            else if (marker == Exif)
            {
                orientation ??= ExifOrientation.OfMarker(data);
            }
            else if (marker == StartOfScan)
            {
                if (header is null)
                    throw new DataFormatException("Expected the frame of a JPEG image before its first scan.");
                // The library loses its place at the first restart of a progressive scan.
                if (isProgressive && restarts)
                    throw new DataFormatException(
                        "Expected a progressive JPEG image without restart markers, or a baseline one; this has both " +
                        "progressive scans and restarts: convert it.");
                if (++scans > MaxScans)
                    throw new DataFormatException($"Expected at most {MaxScans} scans in a JPEG image; there are more.");
                ReadScan(data, scanned);
                SkipPixels(file, ref position);
            }
        }

        if (header is not { } found || !components.IsSubsetOf(scanned))
            throw new DataFormatException(
                "Expected a frame and scans of all its components in a JPEG image; there " +
                $"{(header is null ? "is no frame" : $"are scans of {scanned.Count} of {components.Count}")}.");

        // A block of 8×8 pixels of the finest component takes a bit at least.
        var blocks = (found.Width + 7L) / 8 * ((found.Height + 7L) / 8);
        return blocks <= 8L * file.Length
            ? found with { Orientation = orientation ?? ExifOrientation.Upright }
            : throw new DataFormatException(
                $"Expected {found.Height} rows and {found.Width} columns in a JPEG image; {file.Length} bytes cannot " +
                "hold them.");
    }

    /// <summary>A marker and the data of its segment; those without data are skipped.</summary>
    private static byte ReadSegment(ReadOnlySpan<byte> file, ref int position, out ReadOnlySpan<byte> data)
    {
        var start = position;
        while (position < file.Length && file[position] == 0xFF)
            position++;
        if (position == start || position >= file.Length)
            throw new DataFormatException(
                $"Expected a marker of JPEG at byte {start} and, at last, that of the end, but got " +
                $"{(position < file.Length ? $"0x{file[position]:X2}" : "the end of the file")}.");
        var marker = file[position++];
        data = default;
        if (marker == EndOfImage)
            return marker;
        var left = file.Length - position;
        var length = left < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
        if (length < 2 || length > left)
            throw new DataFormatException(
                $"Expected the data of the marker 0x{marker:X2} at byte {position}; {left} bytes are left.");
        data = file.Slice(position + 2, length - 2);
        position += length;
        return marker;
    }

    private static bool IsFrame(byte marker) => marker is >= Baseline and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static JpegHeader ParseFrame(byte marker, ReadOnlySpan<byte> data, HashSet<byte> components)
    {
        if (marker > Progressive)
            throw new DataFormatException(
                $"Expected a baseline or progressive JPEG image of Huffman codes; its frame is 0x{marker:X2}, lossless, " +
                "hierarchical or arithmetic.");
        if (data.Length < 6 || data.Length != 6 + (3 * data[5]))
            throw new DataFormatException(
                $"Expected 6 bytes and 3 for each component in the frame of a JPEG image; it has {data.Length}.");
        if (data[0] != 8)
            throw new DataFormatException($"Expected a JPEG image of 8 bits; it has {data[0]}.");
        if (data[5] is not (1 or 3))
            throw new DataFormatException(
                "Expected a JPEG image of 1 component (gray) or 3 (colours); it has " +
                $"{data[5]}{(data[5] == 4 ? ", as for print (CMYK): convert it to RGB" : "")}.");
        for (var at = 6; at < data.Length; at += 3)
            components.Add(data[at]);
        return new JpegHeader(BinaryPrimitives.ReadUInt16BigEndian(data[3..]), BinaryPrimitives.ReadUInt16BigEndian(data[1..]), data[5]);
    }

    /// <summary>Adds the components whose means a scan holds; without those nothing is known of them.</summary>
    private static void ReadScan(ReadOnlySpan<byte> data, HashSet<byte> scanned)
    {
        if (data.Length < 1 || data.Length != 4 + (2 * data[0]))
            throw new DataFormatException(
                $"Expected 4 bytes and 2 for each component in a scan of a JPEG image; it has {data.Length}.");
        var isFirst = data[^3] == 0 && data[^1] >> 4 == 0;
        for (var component = 0; component < data[0] && isFirst; component++)
            scanned.Add(data[1 + (2 * component)]);
    }

    /// <summary>Passes over coded pixels: they end at a marker that is neither a coded 0xFF nor a restart.</summary>
    private static void SkipPixels(ReadOnlySpan<byte> file, ref int position)
    {
        while (position + 1 < file.Length && !(file[position] == 0xFF && file[position + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7))))
            position++;
        if (position + 1 >= file.Length)
            position = file.Length;
    }
}
