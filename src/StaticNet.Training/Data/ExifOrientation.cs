using System.Buffers.Binary;

namespace StaticNet.Training;

/// <summary>The orientation that a camera has recorded in the Exif data of an image (Exif 2.3, tag 0x0112): 1 to 8, 1 for
/// upright.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    private const ushort OrientationTag = 0x0112, ShortType = 3;

    private const int EntryBytes = 12;

    /// <summary>Reads the data of the JPEG marker APP1.</summary>
    /// <returns>The orientation; null where the marker is of something else.</returns>
    public static int? OfMarker(ReadOnlySpan<byte> data) => data.StartsWith("Exif\0\0"u8) ? Of(data[6..]) : null;

    /// <summary>Reads a TIFF structure: its byte order, 42, and where the first directory is. What is damaged says nothing of the
    /// image's pixels, so it is upright.</summary>
    public static int Of(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
            return Upright;
        var isLittle = tiff[0] == 'I';
        var directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return Upright;
        var entries = tiff[((int)directory + 2)..];
        for (var left = Short(tiff[(int)directory..], isLittle); left > 0 && entries.Length >= EntryBytes; left--, entries = entries[EntryBytes..])
        {
            if (Short(entries, isLittle) == OrientationTag)
                return Short(entries[2..], isLittle) == ShortType && Short(entries[8..], isLittle) is >= 1 and <= 8 and var orientation ? orientation : Upright;
        }

        return Upright;
    }

    /// <summary>Turns an image upright.</summary>
    /// <param name="image">The image as it is stored.</param>
    /// <param name="orientation">
    /// 1: as it is; 2: mirrored left to right; 3: upside down; 4: mirrored top to bottom; 5: mirrored at its main diagonal; 6: to
    /// be turned by 90° clockwise; 7: mirrored at its other diagonal; 8: to be turned by 90° anticlockwise.
    /// </param>
    public static ImageData Apply(ImageData image, int orientation)
    {
        if (orientation == Upright)
            return image;
        var (shape, isTurned) = (image.Shape, orientation >= 5);
        var upright = isTurned ? new ImageShape(shape.Channels, shape.Width, shape.Height) : shape;
        var values = new float[shape.Length];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            for (var row = 0; row < upright.Height; row++)
            {
                for (var column = 0; column < upright.Width; column++)
                {
                    var (fromRow, fromColumn) = isTurned ? (column, row) : (row, column);
                    if (orientation is 3 or 4 or 6 or 7)
                        fromRow = shape.Height - 1 - fromRow;
                    if (orientation is 2 or 3 or 7 or 8)
                        fromColumn = shape.Width - 1 - fromColumn;
                    values[(channel * shape.Pixels) + (row * upright.Width) + column] = image.Values[(channel * shape.Pixels) + (fromRow * shape.Width) + fromColumn];
                }
            }
        }

        return new ImageData(upright, values);
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
