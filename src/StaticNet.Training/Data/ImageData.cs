namespace StaticNet.Training;

/// <summary>An image as numbers.</summary>
/// <param name="Shape">Its channels, height and width.</param>
/// <param name="Values">Channel after channel, row after row, 0 to 1.</param>
public sealed record ImageData(ImageShape Shape, float[] Values)
{
    /// <summary>The same image in another number of channels.</summary>
    /// <param name="channels">
    /// 1: gray, 0.299 · red + 0.587 · green + 0.114 · blue (ITU-R BT.601); 3: gray becomes three equal channels.
    /// </param>
    /// <returns>The image, itself if it has as many channels already.</returns>
    /// <exception cref="ArgumentException">There is no way from its channels to that number.</exception>
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
                throw new ArgumentException($"Expected 1 or 3 channels from an image of 1 or 3; {channels} of {Shape} came.", nameof(channels));
        }
    }
}
