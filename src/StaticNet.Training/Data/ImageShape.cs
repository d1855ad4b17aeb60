namespace StaticNet.Training;

/// <summary>The shape of an image whose numbers are stored channel by channel and row by row: [channels, height,
/// width].</summary>
public readonly record struct ImageShape
{
    /// <summary>Makes a shape.</summary>
    /// <param name="channels">1 or more.</param>
    /// <param name="height">1 or more.</param>
    /// <param name="width">1 or more.</param>
    /// <exception cref="ArgumentException">A size is under 1, or the image has more numbers than an array.</exception>
    public ImageShape(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if ((long)channels * height > Array.MaxLength / width)
            throw new ArgumentException($"Expected an image of at most {Array.MaxLength} numbers; {channels}×{height}×{width} has more.");
        (Channels, Height, Width) = (channels, height, width);
    }

    /// <summary>The number of channels.</summary>
    public int Channels { get; }

    /// <summary>The rows of a channel.</summary>
    public int Height { get; }

    /// <summary>The pixels of a row.</summary>
    public int Width { get; }

    /// <summary>The pixels of a channel.</summary>
    public int Pixels => Height * Width;

    /// <summary>The numbers of the image.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>The sizes as text: 3×32×32.</summary>
    public override string ToString() => $"{Channels}×{Height}×{Width}";
}
