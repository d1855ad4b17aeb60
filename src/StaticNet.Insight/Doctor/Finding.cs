namespace StaticNet.Insight;

/// <summary>Something that a doctor has found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Evidence">What was measured, and against which threshold, as a sentence.</param>
/// <param name="Remedy">What helps, as a sentence.</param>
/// <param name="Layer">The layer that it is about; null if it is about no single one.</param>
public sealed record Finding(FindingKind Kind, string Evidence, string Remedy, string? Layer = null)
{
    /// <summary>The finding in a line.</summary>
    /// <returns>Kind, evidence and remedy.</returns>
    public override string ToString() => $"{Kind}: {Evidence} {Remedy}";
}
