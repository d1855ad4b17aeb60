namespace StaticNet;

/// <summary>How the elements of a parameter are stored. Every parameter starts on a 64-byte boundary.</summary>
public enum ParameterPacking
{
    /// <summary>Row-major, with zeros after the end up to a multiple of 16 floats.</summary>
    Rows,

    /// <summary>
    /// A matrix [outputs, inputs] as panels of 16 outputs, one after the other, each with one row of 16 floats per input. Lanes
    /// beyond the last output are zero. Matrix products read this layout from front to back.
    /// </summary>
    Panels,

    /// <summary>
    /// A weight [inputs, outputs, positions…] of a transposed convolution as panels of 16 outputs, one after the other, each with
    /// one row of 16 floats per input of one position, then those of the position before it: the last position comes first. Lanes
    /// beyond the last output are zero.
    /// </summary>
    TransposedPanels,
}
