namespace StaticNet;

/// <summary>How the elements of a parameter stand in memory. Every parameter starts on a 64-byte boundary.</summary>
public enum ParameterPacking
{
    /// <summary>Row-major, with zeros behind the end up to a multiple of 16 floats.</summary>
    Rows,

    /// <summary>
    /// A matrix [outputs, inputs] as panels of 16 outputs: panel after panel, in each one row of 16 floats an input. Lanes
    /// beyond the last output are zero. The layout that matrix products read from front to back.
    /// </summary>
    Panels,

    /// <summary>
    /// A weight [inputs, outputs, positions…] of a transposed convolution as panels of 16 outputs: panel after panel, in each one
    /// row of 16 floats an input of one position, then those of the position before it: the last position comes first. Lanes
    /// beyond the last output are zero.
    /// </summary>
    TransposedPanels,
}
