namespace StaticNet;

/// <summary>The order in which a recurrent layer processes the steps of a sequence.</summary>
public enum SequenceDirection
{
    /// <summary>From the first step to the last, which streams can do too.</summary>
    Forward,

    /// <summary>From the last step to the first; output t is still that of step t. For whole sequences only.</summary>
    Reverse,

    /// <summary>
    /// Both, each with its own weights; the units of the forward direction come first in the output, then those of the reverse
    /// one. For whole sequences only.
    /// </summary>
    Bidirectional,
}
