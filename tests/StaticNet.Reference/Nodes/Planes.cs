namespace StaticNet.Reference.Nodes;

/// <summary>[channel, length] or [channel, height, width], the former as a height of 1.</summary>
/// <param name="Channels">The number of channels.</param>
/// <param name="Height">The height.</param>
/// <param name="Width">The width.</param>
internal sealed record Planes(int Channels, int Height, int Width)
{
    /// <summary>The planes of a shape.</summary>
    public static Planes Of(int[] shape) => shape.Length switch
    {
        2 => new Planes(shape[0], 1, shape[1]),
        3 => new Planes(shape[0], shape[1], shape[2]),
        _ => throw new ArgumentException($"{string.Join("×", shape)} has no channels with positions."),
    };

    /// <summary>The shape of so many axes.</summary>
    public int[] Shape(int axes) => axes == 2 ? [Channels, Width] : [Channels, Height, Width];

    /// <summary>Whether a position is inside; outside is padding.</summary>
    public bool Contains(int row, int column) => row >= 0 && row < Height && column >= 0 && column < Width;

    /// <summary>The place of an element.</summary>
    public int Index(int channel, int row, int column) => (((channel * Height) + row) * Width) + column;
}
