namespace StaticNet.Training;

/// <summary>
/// What a pixel of a scaled image is made of. Where an image becomes smaller both use all pixels below the new one, so that
/// nothing flickers or disappears (antialiasing), as Pillow does.
/// </summary>
public enum ImageResampling
{
    /// <summary>A mean whose weights fall linearly with the distance; between pixels where an image becomes larger. Pillow's
    /// <c>BILINEAR</c>.</summary>
    Bilinear,

    /// <summary>The mean of the pixels whose middles are below the new one; the nearest pixel where an image becomes larger.
    /// Pillow's <c>BOX</c>.</summary>
    Area,
}
