namespace StaticNet.Training;

/// <summary>An image as numbers.</summary>
/// <param name="Shape">Its channels, height and width.</param>
/// <param name="Values">The numbers, channel by channel and row by row, 0 to 1.</param>
public sealed record ImageData(ImageShape Shape, float[] Values)
{
    /// <summary>The same image with another number of channels.</summary>
    /// <param name="channels">
    /// 1: gray, 0.299 · red + 0.587 · green + 0.114 · blue (ITU-R BT.601); 3: gray becomes three equal channels.
    /// </param>
    /// <returns>The image, or this one if it already has that number of channels.</returns>
    /// <exception cref="ArgumentException">Its channels cannot be converted to that number.</exception>
    public ImageData ToChannels(int channels)
    {
        if (channels == Shape.Channels)
            return this;
        var shape = new ImageShape(channels, Shape.Height, Shape.Width);
        var pixels = Shape.Pixels;
        switch (Shape.Channels, channels)
        {
            case (1, 3):
                return new ImageData(shape, [.. Values, .. Values, .. Values]);
            case (3, 1):
                var gray = new float[pixels];
                for (var i = 0; i < pixels; i++)
                    gray[i] = (0.299f * Values[i]) + (0.587f * Values[pixels + i]) + (0.114f * Values[(2 * pixels) + i]);
                return new ImageData(shape, gray);
            default:
                throw new ArgumentException($"Expected 1 or 3 channels from an image of 1 or 3, but got {channels} of {Shape}.", nameof(channels));
        }
    }

    /// <summary>The same image in another size.</summary>
    /// <param name="height">The new number of rows, 1 or more.</param>
    /// <param name="width">The new number of columns, 1 or more.</param>
    /// <param name="fit">What happens to other proportions. Default: each side is scaled separately.</param>
    /// <param name="resampling">How a new pixel is computed. Default: a mean whose weights fall linearly with the
    /// distance.</param>
    /// <param name="padValue">With <see cref="ImageFit.Pad"/>, the number around the image. Default: 0, black.</param>
    /// <returns>The image, or this one if it already has that size.</returns>
    /// <exception cref="ArgumentException">A size is below 1, the image would have more numbers than an array, or there is no
    /// such fit or resampling.</exception>
    public ImageData Resize(int height, int width, ImageFit fit = ImageFit.Stretch, ImageResampling resampling = ImageResampling.Bilinear, float padValue = 0)
    {
        var shape = new ImageShape(Shape.Channels, height, width);
        if (!Enum.IsDefined(resampling))
            throw new ArgumentOutOfRangeException(nameof(resampling), resampling, "Expected Bilinear or Area.");
        if (!Enum.IsDefined(fit))
            throw new ArgumentOutOfRangeException(nameof(fit), fit, "Expected Stretch, Crop or Pad.");
        if (shape == Shape)
            return this;
        var whole = (0.0, 0.0, (double)Shape.Width, (double)Shape.Height);
        if (fit != ImageFit.Pad)
            return ImageScaling.Scale(this, fit == ImageFit.Crop ? ImageScaling.Middle(Shape, height, width) : whole, height, width, resampling);
        var inner = ImageScaling.Within(Shape, height, width);
        var scaled = ImageScaling.Scale(this, whole, inner.Height, inner.Width, resampling);
        var values = new float[shape.Length];
        values.AsSpan().Fill(padValue);
        // A row or column that is left over goes to the end where that makes the begin an even number, as Pillow rounds.
        var (top, left) = ((int)Math.Round((height - inner.Height) / 2.0), (int)Math.Round((width - inner.Width) / 2.0));
        for (var line = 0; line < Shape.Channels * inner.Height; line++)
        {
            var (channel, row) = Math.DivRem(line, inner.Height);
            scaled.Values.AsSpan(line * inner.Width, inner.Width).CopyTo(values.AsSpan((channel * shape.Pixels) + ((top + row) * width) + left));
        }

        return new ImageData(shape, values);
    }
}
