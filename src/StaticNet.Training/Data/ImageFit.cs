namespace StaticNet.Training;

/// <summary>How an image of one size becomes one of another.</summary>
public enum ImageFit
{
    /// <summary>Its height and width are scaled each by itself, so that what is in it may be distorted.</summary>
    Stretch,

    /// <summary>The largest part in the middle that has the proportions of the new size is scaled; the rest is cut off. As
    /// <c>ImageOps.fit</c> of Pillow.</summary>
    Crop,

    /// <summary>All of it is scaled as large as fits, in the middle, with a border around. As <c>ImageOps.pad</c> of
    /// Pillow.</summary>
    Pad,
}
