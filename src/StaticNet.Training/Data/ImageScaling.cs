namespace StaticNet.Training;

/// <summary>Scales images by the filters of Pillow (<c>Resample.c</c>), in floats: nothing is rounded to 8 bits
/// between.</summary>
internal static class ImageScaling
{
    /// <summary>Scales a rectangle of an image, whose borders may be within pixels.</summary>
    public static ImageData Scale(ImageData image, (double Left, double Top, double Width, double Height) part, int height, int width, ImageResampling resampling)
    {
        var shape = image.Shape;
        var columns = new Taps(shape.Width, part.Left, part.Width, width, resampling);
        var rows = new Taps(shape.Height, part.Top, part.Height, height, resampling);
        var (result, between) = (new ImageShape(shape.Channels, height, width), new float[shape.Height * width]);
        var values = new float[result.Length];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var source = image.Values.AsSpan(channel * shape.Pixels, shape.Pixels);
            for (var row = 0; row < shape.Height; row++)
                columns.Apply(source.Slice(row * shape.Width, shape.Width), 1, between.AsSpan(row * width, width), 1);
            for (var column = 0; column < width; column++)
                rows.Apply(between.AsSpan(column), width, values.AsSpan((channel * result.Pixels) + column), width);
        }

        return new ImageData(result, values);
    }

    /// <summary>The largest rectangle in the middle of an image that has the proportions of a size.</summary>
    public static (double Left, double Top, double Width, double Height) Middle(ImageShape shape, int height, int width)
    {
        var (wanted, own) = ((double)width / height, (double)shape.Width / shape.Height);
        var (partWidth, partHeight) = own >= wanted ? (wanted * shape.Height, (double)shape.Height) : (shape.Width, shape.Width / wanted);
        return ((shape.Width - partWidth) / 2, (shape.Height - partHeight) / 2, partWidth, partHeight);
    }

    /// <summary>The largest size of an image's proportions within another one.</summary>
    public static (int Height, int Width) Within(ImageShape shape, int height, int width)
    {
        var (own, wanted) = ((double)shape.Width / shape.Height, (double)width / height);
        if (own > wanted)
            return (Math.Max(1, (int)Math.Round((double)shape.Height / shape.Width * width)), width);
        return own < wanted ? (height, Math.Max(1, (int)Math.Round(own * height))) : (height, width);
    }

    /// <summary>The pixels along an axis that each new one is made of, and their weights.</summary>
    private sealed class Taps
    {
        private readonly int[] _first;
        private readonly double[][] _weights;

        public Taps(int size, double begin, double length, int newSize, ImageResampling resampling)
        {
            _first = new int[newSize];
            _weights = new double[newSize][];
            var scale = length / newSize;
            var stretch = Math.Max(scale, 1);
            var support = stretch * (resampling == ImageResampling.Area ? 0.5 : 1);
            for (var place = 0; place < newSize; place++)
            {
                var middle = begin + ((place + 0.5) * scale);
                var first = Math.Max(0, (int)(middle - support + 0.5));
                var weights = new double[Math.Min(size, (int)(middle + support + 0.5)) - first];
                var sum = 0.0;
                for (var tap = 0; tap < weights.Length; tap++)
                    sum += weights[tap] = Weight((tap + first - middle + 0.5) / stretch, resampling);
                for (var tap = 0; tap < weights.Length; tap++)
                    weights[tap] /= sum;
                (_first[place], _weights[place]) = (first, weights);
            }
        }

        public void Apply(ReadOnlySpan<float> source, int sourceStep, Span<float> destination, int step)
        {
            for (var place = 0; place < _first.Length; place++)
            {
                var (weights, at, sum) = (_weights[place], _first[place] * sourceStep, 0.0);
                foreach (var weight in weights)
                {
                    sum += weight * source[at];
                    at += sourceStep;
                }

                destination[place * step] = (float)sum;
            }
        }

        private static double Weight(double distance, ImageResampling resampling) => resampling == ImageResampling.Area
            ? distance is > -0.5 and <= 0.5 ? 1 : 0
            : Math.Max(0, 1 - Math.Abs(distance));
    }
}
