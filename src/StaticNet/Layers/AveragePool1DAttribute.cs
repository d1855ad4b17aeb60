namespace StaticNet;

/// <summary>The mean of each window, over [channel, length].</summary>
public sealed class AveragePool1DAttribute : Pooling1DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The window's size, 1 or more.</param>
    public AveragePool1DAttribute(int kernel)
        : base(kernel)
    {
    }

    /// <summary>
    /// Whether the zeros of the padding, automatic padding included, count in the mean of a window. What a window covers beyond
    /// the padding, in ceil mode, never counts. Default: true.
    /// </summary>
    public bool CountIncludesPadding { get; set; } = Defaults.CountIncludesPadding;
}
