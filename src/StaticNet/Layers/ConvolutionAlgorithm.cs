namespace StaticNet;

/// <summary>How a convolution may be computed.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>By Winograd's method where it is faster: fewer multiplications, with a somewhat larger rounding error.</summary>
    Auto,

    /// <summary>Always directly, by the formula.</summary>
    Direct,

    /// <summary>
    /// By Winograd's method (Lavin and Gray, 2015) wherever possible: 3×3 kernels with stride and dilation 1.
    /// </summary>
    Winograd,
}
