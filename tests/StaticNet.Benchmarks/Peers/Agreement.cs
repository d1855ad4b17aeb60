using System.Globalization;
using System.Numerics.Tensors;

namespace StaticNet.Benchmarks.Peers;

/// <summary>Whether two programs have computed the same, for a faster wrong answer is worth nothing.</summary>
internal static class Agreement
{
    private const float Tolerance = 1e-4f;

    /// <summary>Compares values; their difference may be 10⁻⁴ of the largest magnitude.</summary>
    /// <param name="what">What they are, for the message.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="theirs">The peer's.</param>
    /// <exception cref="PeerException">They differ, or there is nothing to compare but zeros.</exception>
    public static void Require(string what, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(theirs));
        if (!(largest > 0))
            throw new PeerException($"{what}: the peer's values are all zero, or not numbers; nothing is compared.");
        for (var index = 0; index < theirs.Length; index++)
        {
            // Written so that NaN fails.
            if (!(Math.Abs(ours[index] - theirs[index]) <= Tolerance * largest))
            {
                throw new PeerException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: value {index} is {ours[index]:G9} here and {theirs[index]:G9} in the peer (largest magnitude {largest:G4})."));
            }
        }
    }
}
