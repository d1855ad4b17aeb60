using System.Globalization;

namespace StaticNet;

/// <summary>How far the outputs of two networks differ on the same inputs.</summary>
/// <param name="Samples">The samples that were compared.</param>
/// <param name="Largest">The largest difference of an output.</param>
/// <param name="LargestSample">The sample with the largest difference.</param>
/// <param name="Mean">The mean of all differences.</param>
/// <param name="LargestOutput">The largest magnitude of an output of the reference, for comparison with the differences.</param>
/// <param name="SameLargest">The number of samples for which the same output is the largest, that is, the same class is
/// predicted; with a single output, all of them.</param>
public sealed record OutputDifference(int Samples, float Largest, int LargestSample, float Mean, float LargestOutput, int SameLargest)
{
    /// <summary>The largest difference as a fraction of the largest output; 0 if both are zero.</summary>
    public float Relative => Largest == 0 ? 0 : Largest / LargestOutput;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Samples:N0} samples: outputs differ by {Largest:G3} at most (sample {LargestSample:N0}), {Relative:P3} of the largest, and by {Mean:G3} on average; the largest output is the same one of {SameLargest:N0}.");
}
