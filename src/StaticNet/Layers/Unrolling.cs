namespace StaticNet;

/// <summary>How the code of a layer for one sample is written.</summary>
public enum Unrolling
{
    /// <summary>Straight-line code while the layer is small, register-tiled loops beyond.</summary>
    Auto,

    /// <summary>Straight-line code, up to the limit on a method's size.</summary>
    Always,

    /// <summary>Register-tiled loops.</summary>
    Never,
}
