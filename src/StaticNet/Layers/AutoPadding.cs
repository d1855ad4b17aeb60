namespace StaticNet;

/// <summary>
/// Whether padding is given explicitly or follows from the size of the input. With automatic padding there are ⌈in / stride⌉
/// outputs; both sides together get max((out − 1) · stride + (kernel − 1) · dilation + 1 − in, 0), half of it each.
/// </summary>
public enum AutoPadding
{
    /// <summary>The explicit numbers are used.</summary>
    None,

    /// <summary>Automatic; an odd one goes to the end (bottom, right), as in Keras and in ONNX's SAME_UPPER.</summary>
    Same,

    /// <summary>Automatic; an odd one goes to the start (top, left), as in ONNX's SAME_LOWER.</summary>
    SameLower,
}
