namespace StaticNet;

/// <summary>How the code of a layer for one sample is written.</summary>
/// <remarks>
/// It is about 256-bit vectors. With 128 bits the code is always a loop, and so it is with 512 bits where there are more than
/// 8 outputs.
/// </remarks>
public enum Unrolling
{
    /// <summary>Straight-line code up to 512 vector products (inputs × outputs / 8, rounded up), a loop beyond.</summary>
    Auto,

    /// <summary>Straight-line code up to 768 vector products, the limit on a method's size; a loop beyond.</summary>
    Always,

    /// <summary>A loop that keeps sums in registers.</summary>
    Never,
}
