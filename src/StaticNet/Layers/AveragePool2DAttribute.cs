namespace StaticNet;

/// <summary>The mean of each window, over [channel, height, width].</summary>
public sealed class AveragePool2DAttribute : Pooling2DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The window's size along both axes, 1 or more.</param>
    public AveragePool2DAttribute(int kernel)
        : base(kernel)
    {
    }

    /// <summary>
    /// Whether the zeros of the padding, automatic padding included, count in the mean of a window. What a window covers beyond
    /// the padding, in ceil mode, never counts. Default: true.
    /// </summary>
    public bool CountIncludesPadding { get; set; } = Defaults.CountIncludesPadding;
}
