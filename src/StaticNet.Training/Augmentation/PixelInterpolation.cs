namespace StaticNet.Training.Augmentation;

/// <summary>How values between pixels are interpolated.</summary>
public enum PixelInterpolation
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>The four surrounding pixels, weighted by their distances.</summary>
    Bilinear,

    /// <summary>One of the two, drawn for each image.</summary>
    Random,
}
