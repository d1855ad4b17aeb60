namespace StaticNet;

/// <summary>What upsampling inserts between the elements of its input.</summary>
public enum Interpolation
{
    /// <summary>Copies: output i is input ⌊i / scale⌋.</summary>
    Nearest,

    /// <summary>The weighted mean of the nearest inputs: two along each spatial axis, so linear in 1D.</summary>
    Bilinear,
}
