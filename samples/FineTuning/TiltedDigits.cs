namespace FineTuning;

/// <summary>The digits as a camera that is held at an angle, and sees them darker, would give them.</summary>
internal static class TiltedDigits
{
    private const int Size = 8;
    private const double Degrees = 25;
    private const float Brightness = 0.8f;

    /// <summary>Turns all images about their middle; between pixels numbers are interpolated, outside there is nothing.</summary>
    public static float[] Of(ReadOnlySpan<float> images)
    {
        var tilted = new float[images.Length];
        var (sine, cosine) = Math.SinCos(Degrees * Math.PI / 180);
        const double middle = (Size - 1) / 2.0;
        for (var start = 0; start < images.Length; start += Size * Size)
        {
            var image = images.Slice(start, Size * Size);
            for (var pixel = 0; pixel < Size * Size; pixel++)
            {
                var (y, x) = ((pixel / Size) - middle, (pixel % Size) - middle);
                tilted[start + pixel] = Brightness * At(image, middle + (cosine * y) - (sine * x), middle + (sine * y) + (cosine * x));
            }
        }

        return tilted;
    }

    private static float At(ReadOnlySpan<float> image, double y, double x)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var sum = 0.0;
        for (var row = top; row <= top + 1; row++)
        {
            for (var column = left; column <= left + 1; column++)
            {
                if (row is >= 0 and < Size && column is >= 0 and < Size)
                    sum += (1 - Math.Abs(y - row)) * (1 - Math.Abs(x - column)) * image[(row * Size) + column];
            }
        }

        return (float)sum;
    }
}
