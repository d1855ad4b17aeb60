namespace StaticNet.Training.Augmentation;

/// <summary>Makes an image of another one by an <see cref="AffineMap"/>.</summary>
internal static class Resampler
{
    // Far enough outside for any border, and near enough for an integer.
    private const double Far = 1 << 24;

    /// <summary>Fills <paramref name="destination"/>, an image of the same shape.</summary>
    public static void Resample(
        ImageShape shape, ReadOnlySpan<float> source, Span<float> destination, in AffineMap map, bool bilinear, Border border, float fill)
    {
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var fromX = Math.Clamp((map.XX * x) + (map.XY * y) + map.X0, -Far, Far);
                var fromY = Math.Clamp((map.YX * x) + (map.YY * y) + map.Y0, -Far, Far);
                var to = (y * shape.Width) + x;
                if (bilinear)
                    Bilinear(shape, source, destination, to, fromX, fromY, border, fill);
                else
                    Nearest(shape, source, destination, to, fromX, fromY, border, fill);
            }
        }
    }

    /// <summary>The place of a pixel along an axis, or −1 for the fill.</summary>
    public static int Place(int index, int size, Border border)
    {
        if ((uint)index < (uint)size)
            return index;
        if (border == Border.Constant)
            return -1;
        if (border == Border.Edge || size == 1)
            return index < 0 ? 0 : size - 1;
        var period = 2 * (size - 1);
        var folded = Math.Abs(index) % period;
        return folded < size ? folded : period - folded;
    }

    private static void Nearest(
        ImageShape shape, ReadOnlySpan<float> source, Span<float> destination, int to, double fromX, double fromY, Border border, float fill)
    {
        var x = Place((int)Math.Floor(fromX + 0.5), shape.Width, border);
        var y = Place((int)Math.Floor(fromY + 0.5), shape.Height, border);
        var from = x < 0 || y < 0 ? -1 : (y * shape.Width) + x;
        for (var channel = 0; channel < shape.Length; channel += shape.Pixels)
            destination[channel + to] = from < 0 ? fill : source[channel + from];
    }

    private static void Bilinear(
        ImageShape shape, ReadOnlySpan<float> source, Span<float> destination, int to, double fromX, double fromY, Border border, float fill)
    {
        var (left, top) = ((int)Math.Floor(fromX), (int)Math.Floor(fromY));
        var (right, bottom) = ((float)(fromX - left), (float)(fromY - top));
        var (x0, x1) = (Place(left, shape.Width, border), Place(left + 1, shape.Width, border));
        var (y0, y1) = (Place(top, shape.Height, border), Place(top + 1, shape.Height, border));
        var (p00, p01) = (Join(x0, y0, shape.Width), Join(x1, y0, shape.Width));
        var (p10, p11) = (Join(x0, y1, shape.Width), Join(x1, y1, shape.Width));
        var (w00, w01) = ((1 - right) * (1 - bottom), right * (1 - bottom));
        var (w10, w11) = ((1 - right) * bottom, right * bottom);
        for (var channel = 0; channel < shape.Length; channel += shape.Pixels)
        {
            var pixels = source.Slice(channel, shape.Pixels);
            destination[channel + to] =
                (w00 * Value(pixels, p00, fill)) + (w01 * Value(pixels, p01, fill)) +
                (w10 * Value(pixels, p10, fill)) + (w11 * Value(pixels, p11, fill));
        }
    }

    private static int Join(int x, int y, int width) => x < 0 || y < 0 ? -1 : (y * width) + x;

    private static float Value(ReadOnlySpan<float> pixels, int place, float fill) => place < 0 ? fill : pixels[place];
}
