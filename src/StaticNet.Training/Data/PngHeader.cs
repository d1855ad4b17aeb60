using System.Buffers.Binary;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The first chunk of a PNG file.</summary>
internal readonly record struct PngHeader(ImageShape Shape, int BitDepth, int Samples, bool IsPalette, bool IsInterlaced)
{
    /// <summary>Where the seven passes of an interlaced image begin and how far apart their pixels are.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private static readonly (int X, int Y, int StepX, int StepY)[] OnePass = [(0, 0, 1, 1)];

    /// <summary>The passes that the image is stored in.</summary>
    public ReadOnlySpan<(int X, int Y, int StepX, int StepY)> Passes => IsInterlaced ? Adam7 : OnePass;

    /// <summary>The bytes of all lines of all passes, with the filter's number before each.</summary>
    public long ByteCount
    {
        get
        {
            var count = 0L;
            foreach (var (x, y, stepX, stepY) in Passes)
            {
                var (width, height) = (CountFrom(x, stepX, Shape.Width), CountFrom(y, stepY, Shape.Height));
                if (width > 0)
                    count += height * (1L + LineBytes(width));
            }
            return count;
        }
    }

    /// <summary>The pixels of a line or column that a pass has.</summary>
    public static int CountFrom(int first, int step, int size) => (size - first + step - 1) / step;

    /// <summary>The bytes of a line of the given number of pixels.</summary>
    public int LineBytes(int width) => (int)((((long)width * Samples * BitDepth) + 7) / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> data, int maxLength)
    {
        if (data.Length != 13)
            throw new DataFormatException($"Expected the chunk IHDR to have 13 bytes; it has {data.Length}.");
        var (depth, colour) = (data[8], data[9]);
        var (samples, channels, depths) = colour switch
        {
            0 => (1, 1, "1 2 4 8 16"),
            2 => (3, 3, "8 16"),
            3 => (1, 3, "1 2 4 8"),
            4 => (2, 1, "8 16"),
            6 => (4, 3, "8 16"),
            _ => throw new DataFormatException($"Expected a colour type of 0, 2, 3, 4 or 6; it is {colour}."),
        };
        if (!depths.Split(' ').Contains(depth.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            throw new DataFormatException(
                $"Expected a bit depth of {depths.Replace(" ", ", ", StringComparison.Ordinal)} for colour type {colour}; it is {depth}.");
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
            throw new DataFormatException(
                $"Expected compression 0, filter 0 and interlace 0 or 1; they are {data[10]}, {data[11]} and {data[12]}.");
        var shape = ImageFile.RequireShape(
            channels, BinaryPrimitives.ReadUInt32BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data), maxLength);
        return new PngHeader(shape, depth, samples, colour == 3, data[12] == 1);
    }
}
