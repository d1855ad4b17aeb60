namespace StaticNet.Generator.Planning;

/// <summary>What differs between the modes.</summary>
/// <param name="Capacity">The most samples at a time.</param>
/// <param name="Drops">Whether dropout drops: in training.</param>
/// <param name="IsSplit">Whether threads may share the samples.</param>
/// <param name="IsWhole">Whether samples are whole sequences; otherwise each is one step.</param>
/// <param name="IsStream">Whether the samples are steps of one stream, which follow each other.</param>
/// <param name="IsPlanar">Whether each channel's steps are adjacent.</param>
/// <param name="TotalStride">The steps of the input that belong together, which are one step here where samples are not whole sequences.</param>
internal readonly record struct PlanMode(int Capacity, bool Drops, bool IsSplit, bool IsWhole = true, bool IsStream = false, bool IsPlanar = false, int TotalStride = 1)
{
    /// <summary>Whether there is one sample only, and of that one step, so that a product has one row.</summary>
    public bool IsOneSample(int steps) => Capacity == 1 && !Drops && !IsStream && (steps == 1 || !IsWhole);
}
