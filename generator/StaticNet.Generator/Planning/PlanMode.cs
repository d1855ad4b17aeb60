namespace StaticNet.Generator.Planning;

/// <summary>What differs between the modes.</summary>
/// <param name="Capacity">The most samples at a time.</param>
/// <param name="Drops">Whether dropout drops: in training.</param>
/// <param name="IsSplit">Whether threads may share the samples.</param>
internal readonly record struct PlanMode(int Capacity, bool Drops, bool IsSplit)
{
    /// <summary>Whether there is one sample only, so that a product has one row.</summary>
    public bool IsOneSample => Capacity == 1 && !Drops;
}
