namespace StaticNet.Training.Checkpoints;

/// <summary>Where a best figure was measured.</summary>
/// <param name="Number">The epoch, or the number of steps.</param>
/// <param name="IsStep">Whether it is a number of steps.</param>
internal readonly record struct BestPlace(long Number, bool IsStep);
