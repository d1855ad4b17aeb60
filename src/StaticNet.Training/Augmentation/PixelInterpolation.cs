namespace StaticNet.Training.Augmentation;

/// <summary>What is taken between pixels.</summary>
public enum PixelInterpolation
{
    /// <summary>The nearest pixel.</summary>
    Nearest,

    /// <summary>The four pixels around, by their distances.</summary>
    Bilinear,

    /// <summary>Each image draws one of both.</summary>
    Random,
}
