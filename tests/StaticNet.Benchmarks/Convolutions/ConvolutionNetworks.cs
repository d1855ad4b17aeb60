namespace StaticNet.Benchmarks.Convolutions;

// Each network's second convolution is the one that is measured; the first one makes its input's gradient wanted.

/// <summary>3×3 over 14×14 pixels, 32 → 64 channels.</summary>
[Network, Input(32, 14, 14), Conv2D(32, Kernel = 1), Conv2D(64, Padding = 1, Algorithm = ConvolutionAlgorithm.Direct), MeanSquaredErrorLoss, Training(BatchSize = 8)]
internal sealed partial class Convolution14x14From32To64;

/// <summary>3×3 over 32×32 pixels, 16 → 16 channels.</summary>
[Network, Input(16, 32, 32), Conv2D(16, Kernel = 1), Conv2D(16, Padding = 1, Algorithm = ConvolutionAlgorithm.Direct), MeanSquaredErrorLoss, Training(BatchSize = 8)]
internal sealed partial class Convolution32x32From16To16;

/// <summary>3×3 over 16×16 pixels, 32 → 32 channels.</summary>
[Network, Input(32, 16, 16), Conv2D(32, Kernel = 1), Conv2D(32, Padding = 1, Algorithm = ConvolutionAlgorithm.Direct), MeanSquaredErrorLoss, Training(BatchSize = 8)]
internal sealed partial class Convolution16x16From32To32;

/// <summary>3×3 over 8×8 pixels, 64 → 64 channels.</summary>
[Network, Input(64, 8, 8), Conv2D(64, Kernel = 1), Conv2D(64, Padding = 1, Algorithm = ConvolutionAlgorithm.Direct), MeanSquaredErrorLoss, Training(BatchSize = 8)]
internal sealed partial class Convolution8x8From64To64;
