namespace StaticNet;

/// <summary>
/// Whether padding is given in numbers or follows from the size of the input. Automatic padding gives ⌈in / stride⌉ outputs; both
/// sides together get max((out − 1) · stride + (kernel − 1) · dilation + 1 − in, 0), one side as much as the other.
/// </summary>
public enum AutoPadding
{
    /// <summary>The numbers count.</summary>
    None,

    /// <summary>Automatic; an odd one goes to the end (bottom, right), as in Keras and in ONNX's SAME_UPPER.</summary>
    Same,

    /// <summary>Automatic; an odd one goes to the start (top, left), as in ONNX's SAME_LOWER.</summary>
    SameLower,
}
