namespace StaticNet.Audio.Nam;

/// <summary>What becomes of the sums of a WaveNet's layer.</summary>
internal enum GatingMode
{
    /// <summary>Their activation.</summary>
    None,

    /// <summary>The activation of the first half times the gate's activation of the other half.</summary>
    Gated,

    /// <summary>Between the first half and its activation, in the proportion that the other half says.</summary>
    Blended,
}
