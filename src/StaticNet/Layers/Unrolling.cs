namespace StaticNet;

/// <summary>How the code of a layer for one sample is written.</summary>
/// <remarks>
/// Straight-line code uses 256-bit vectors. A processor without them runs a 128-bit loop instead, whatever is chosen here; one
/// with 512-bit vectors runs a 512-bit loop if the choice is <see cref="Auto"/> and there are more than 8 outputs.
/// </remarks>
public enum Unrolling
{
    /// <summary>Straight-line code up to 64 vector products (inputs × ⌈outputs / 8⌉), a loop beyond.</summary>
    Auto,

    /// <summary>Straight-line code up to 768 vector products, the limit on a method's size; a loop beyond.</summary>
    Always,

    /// <summary>A loop that keeps sums in registers.</summary>
    Never,
}
