using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Turns the lines of a PNG file into pixels: undoes their filters, and puts each where its pass has it.</summary>
internal sealed class PngPixels(PngHeader header, byte[] palette)
{
    private readonly float[] _values = new float[header.Shape.Length];

    public ImageData Decode(byte[] lines)
    {
        var shape = header.Shape;
        // Filters look at the byte of the pixel before, or the byte before where pixels are smaller.
        var pixelBytes = Math.Max(1, header.Samples * header.BitDepth / 8);
        var rest = lines.AsSpan();
        foreach (var (x, y, stepX, stepY) in header.Passes)
        {
            var width = PngHeader.CountFrom(x, stepX, shape.Width);
            if (width <= 0)
                continue;
            var length = header.LineBytes(width);
            Span<byte> above = default;
            for (var row = y; row < shape.Height; row += stepY)
            {
                var line = rest.Slice(1, length);
                Unfilter(rest[0], line, above, pixelBytes);
                for (var i = 0; i < width; i++)
                    Put(line, i, (row * shape.Width) + x + (i * stepX));
                above = line;
                rest = rest[(1 + length)..];
            }
        }
        return new ImageData(shape, _values);
    }

    /// <summary>Adds to each byte what its filter predicts of the bytes to the left and above.</summary>
    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (filter > 4)
            throw new DataFormatException($"Expected a filter from 0 to 4; it is {filter}.");
        for (var i = 0; i < line.Length && filter > 0; i++)
        {
            int left = i < pixelBytes ? 0 : line[i - pixelBytes];
            int up = above.IsEmpty ? 0 : above[i];
            int upLeft = i < pixelBytes || above.IsEmpty ? 0 : above[i - pixelBytes];
            var predicted = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, upLeft),
            };
            line[i] = unchecked((byte)(line[i] + predicted));
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        var (toLeft, toUp, toUpLeft) = (Math.Abs(up - upLeft), Math.Abs(left - upLeft), Math.Abs(left + up - (2 * upLeft)));
        if (toLeft <= toUp && toLeft <= toUpLeft)
            return left;
        return toUp <= toUpLeft ? up : upLeft;
    }

    private void Put(ReadOnlySpan<byte> line, int pixel, int place)
    {
        var (pixels, channels) = (header.Shape.Pixels, header.Shape.Channels);
        if (!header.IsPalette)
        {
            // What is more than the channels is transparency.
            for (var channel = 0; channel < channels; channel++)
                _values[(channel * pixels) + place] = Sample(line, (pixel * header.Samples) + channel) / (float)((1 << header.BitDepth) - 1);
            return;
        }
        var index = Sample(line, pixel);
        if (index >= palette.Length / 3)
            throw new DataFormatException($"Expected colours of a palette of {palette.Length / 3}; a pixel has colour {index}.");
        for (var channel = 0; channel < channels; channel++)
            _values[(channel * pixels) + place] = palette[(3 * index) + channel] / 255f;
    }

    /// <summary>One number of a line; the first of several in a byte is in its highest bits.</summary>
    private int Sample(ReadOnlySpan<byte> line, int index)
    {
        var depth = header.BitDepth;
        if (depth == 16)
            return (line[2 * index] << 8) | line[(2 * index) + 1];
        var bit = index * depth;
        return (line[bit / 8] >> (8 - depth - (bit % 8))) & ((1 << depth) - 1);
    }
}
