namespace StaticNet;

/// <summary>
/// The base of pooling by windows. Each channel is pooled separately; along a spatial axis there are ⌊(in + padding of both sides
/// − extent) / stride⌋ + 1 windows, where a window's extent is its size or, with a dilation, dilation · (size − 1) + 1. Every
/// window must contain an element of the input.
/// </summary>
public abstract class PoolingAttribute : LayerAttribute
{
    private protected PoolingAttribute(int kernel) => Kernel = kernel;

    /// <summary>The window's size along each spatial axis.</summary>
    public int Kernel { get; }

    /// <summary>The step of the window along each spatial axis, 1 or more. Default: 0, which means the window's size.</summary>
    public int Stride { get; set; }

    /// <summary>The padding of each side, 0 or more and at most half of the window. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>Automatic padding instead of explicit numbers. Default: none.</summary>
    public AutoPadding AutoPadding { get; set; }

    /// <summary>
    /// Whether the number of windows is rounded up instead of down, so a window may extend beyond the padding by less than a
    /// stride. A last window that would begin after the input and the padding before it is left out. Default: false.
    /// </summary>
    public bool CeilMode { get; set; }
}
