namespace StaticNet.Training;

/// <summary>
/// How a pixel of a scaled image is computed. When an image becomes smaller, both methods use all pixels covered by the new one
/// (antialiasing), as Pillow does.
/// </summary>
public enum ImageResampling
{
    /// <summary>A mean whose weights fall linearly with the distance; an interpolation between pixels when an image becomes
    /// larger. Pillow's <c>BILINEAR</c>.</summary>
    Bilinear,

    /// <summary>The mean of the pixels whose centres the new one covers; the nearest pixel when an image becomes larger.
    /// Pillow's <c>BOX</c>.</summary>
    Area,
}
