namespace StaticNet.Networks;

/// <summary>A maximum of windows over one wide map, which stands in planes: 1×2×20 → 1×1×10.</summary>
[Network]
[Input(1, 2, 20)]
[MaxPool2D(2)]
public sealed partial class PlaneMaximumProbe;

/// <summary>A maximum of windows over narrow maps, whose channels stand last: 4×2×2 → 4×1×1.</summary>
[Network]
[Input(4, 2, 2)]
[MaxPool2D(2)]
public sealed partial class PixelMaximumProbe;

/// <summary>
/// A maximum of windows that reach into padding, over what may be infinite: each channel comes times a weight of its own. With the gradient of
/// the input, for a loss of the program's own.
/// </summary>
[Network]
[Input(5, 3, 3)]
[DepthwiseConv2D(Kernel = 1, Bias = false)]
[MaxPool2D(3, Stride = 2, Padding = 1)]
[CustomLoss]
[Training(BatchSize = 2, InputGradients = true)]
public sealed partial class PaddedMaximumProbe;
