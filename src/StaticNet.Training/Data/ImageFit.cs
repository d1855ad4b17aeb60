namespace StaticNet.Training;

/// <summary>How an image is brought to another size.</summary>
public enum ImageFit
{
    /// <summary>Its height and width are scaled separately, so the content may be distorted.</summary>
    Stretch,

    /// <summary>The largest centred part with the proportions of the new size is scaled; the rest is cut off, as in Pillow's
    /// <c>ImageOps.fit</c>.</summary>
    Crop,

    /// <summary>The whole image is scaled as large as fits and centred, with a border around it, as in Pillow's
    /// <c>ImageOps.pad</c>.</summary>
    Pad,
}
