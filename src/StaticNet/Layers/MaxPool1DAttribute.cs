namespace StaticNet;

/// <summary>
/// The largest element of each window, over [channel, length]. Padding is never the largest. The gradient goes to the first
/// largest element, in row-major order.
/// </summary>
public sealed class MaxPool1DAttribute : Pooling1DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The window's size, 1 or more.</param>
    public MaxPool1DAttribute(int kernel)
        : base(kernel)
    {
    }

    /// <summary>The distance between a window's elements, 1 or more; 1 leaves no gaps. Default: 1.</summary>
    public int Dilation { get; set; } = Defaults.Dilation;
}
