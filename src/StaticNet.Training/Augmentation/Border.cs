namespace StaticNet.Training.Augmentation;

/// <summary>The value of pixels outside an image.</summary>
public enum Border
{
    /// <summary>One number everywhere.</summary>
    Constant,

    /// <summary>The nearest pixel of the image: a a | a b c | c c.</summary>
    Edge,

    /// <summary>The image mirrored at its outermost pixels, which are not repeated: c b | a b c | b a.</summary>
    Reflect,
}
