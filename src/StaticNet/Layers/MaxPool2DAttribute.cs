namespace StaticNet;

/// <summary>
/// The largest element of each window, over [channel, height, width]. Padding is never the largest. The gradient goes to the
/// first largest element, in row-major order.
/// </summary>
public sealed class MaxPool2DAttribute : Pooling2DAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernel">The window's size along both axes, 1 or more.</param>
    public MaxPool2DAttribute(int kernel)
        : base(kernel)
    {
    }

    /// <summary>The distance between a window's elements along both axes, 1 or more; 1 leaves no gaps. Default: 1.</summary>
    public int Dilation { get; set; } = Defaults.Dilation;

    /// <summary>The distance between a window's rows, 1 or more. Default: 0, which means <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The distance between a window's columns, 1 or more. Default: 0, which means <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; }
}
