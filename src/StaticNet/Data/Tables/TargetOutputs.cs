namespace StaticNet.Data;

/// <summary>Where the outputs of a target are, and what they mean.</summary>
/// <param name="Offset">Where they begin in a sample's outputs.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Link">What they mean.</param>
internal readonly record struct TargetOutputs(int Offset, int Length, OutputLink Link)
{
    /// <summary>Of a schema that belongs to no network yet.</summary>
    public bool AreKnown => Length > 0;
}
