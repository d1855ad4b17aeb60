using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>
/// The random masks of dropout, computed where they are used instead of stored: what a feature gets depends only on seed,
/// layer, sample and feature, not on the vector width, the order of the work or the number of threads.
/// </summary>
/// <remarks>
/// Inverted dropout (Srivastava and others, "Dropout", 2014): kept features are multiplied by 1 / keepProbability, so that
/// inference needs no rescaling. Call <see cref="Key"/> once for each row, then one of the Keep methods for each vector of it.
/// </remarks>
public static class DropoutMask
{
    private const int Resolution = 24;

    // From the hash "lowbias32" (Wellons, "Prospecting for Hash Functions", 2018).
    private const uint FirstMultiplier = 0x7feb352d;
    private const uint SecondMultiplier = 0x846ca68b;

    /// <summary>The threshold that the Keep methods compare with.</summary>
    /// <param name="keepProbability">The probability of keeping a feature, above 0 and up to 1.</param>
    /// <returns>The probability in units of 2⁻²⁴, rounded, at least 1: 1 … 2²⁴.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keepProbability"/> is not above 0 and up to 1.</exception>
    public static uint Threshold(double keepProbability)
    {
        if (!(keepProbability > 0 && keepProbability <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(keepProbability), keepProbability, "The probability of keeping a feature is above 0 and up to 1.");
        }
        return Math.Max(1, (uint)Math.Round(keepProbability * (1 << Resolution)));
    }

    /// <summary>The key of one row: a hash of everything but the feature.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="layer">The number of the dropout layer in the network.</param>
    /// <param name="sample">The number of the sample since training began, so that each epoch gets new masks.</param>
    /// <returns>The key for the Keep methods.</returns>
    public static uint Key(ulong seed, uint layer, ulong sample)
    {
        unchecked
        {
            var hash = SplitMix64.Mix(seed + ((layer + 1UL) * SplitMix64.Increment));
            hash = SplitMix64.Mix(hash + ((sample + 1UL) * SplitMix64.Increment));
            return (uint)(hash >> 32);
        }
    }

    /// <summary>The multiplier of one feature.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="feature">The index of the (first) feature in the row.</param>
    /// <param name="threshold">The probability of keeping a feature in units of 2⁻²⁴, up to 2²⁴: see <see cref="Threshold"/>.</param>
    /// <param name="scale">What a kept feature is multiplied by: 1 / keepProbability.</param>
    /// <returns><paramref name="scale"/> where the feature is kept, 0 where it is dropped; vectors start at <paramref name="feature"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Keep(uint key, uint feature, uint threshold, float scale)
    {
        return Keep128(key, feature, threshold, scale).ToScalar();
    }

    /// <summary>The multipliers of 4 features in a row.</summary>
    /// <inheritdoc cref="Keep"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Keep128(uint key, uint feature, uint threshold, float scale) =>
        Keep128(key, feature, 1, threshold, scale);

    /// <summary>The multipliers of 4 features that are equally far apart.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="first">The index of the first feature in the row.</param>
    /// <param name="step">The features from one lane to the next.</param>
    /// <param name="threshold">The probability of keeping a feature in units of 2⁻²⁴, up to 2²⁴: see <see cref="Threshold"/>.</param>
    /// <param name="scale">What a kept feature is multiplied by: 1 / keepProbability.</param>
    /// <returns><paramref name="scale"/> where the feature is kept, 0 where it is dropped.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Keep128(uint key, uint first, uint step, uint threshold, float scale)
    {
        var bits = Vector128.ShiftRightLogical(Hash128(key, first, step), 32 - Resolution);
        return Vector128.LessThan(bits.AsInt32(), Vector128.Create((int)threshold)).AsSingle() & Vector128.Create(scale);
    }

    /// <summary>The multipliers of 8 features in a row.</summary>
    /// <inheritdoc cref="Keep"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Keep256(uint key, uint feature, uint threshold, float scale) =>
        Keep256(key, feature, 1, threshold, scale);

    /// <summary>The multipliers of 8 features that are equally far apart.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="first">The index of the first feature in the row.</param>
    /// <param name="step">The features from one lane to the next.</param>
    /// <param name="threshold">The probability of keeping a feature in units of 2⁻²⁴, up to 2²⁴: see <see cref="Threshold"/>.</param>
    /// <param name="scale">What a kept feature is multiplied by: 1 / keepProbability.</param>
    /// <returns><paramref name="scale"/> where the feature is kept, 0 where it is dropped.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Keep256(uint key, uint first, uint step, uint threshold, float scale)
    {
        var bits = Vector256.ShiftRightLogical(Hash256(key, first, step), 32 - Resolution);
        return Vector256.LessThan(bits.AsInt32(), Vector256.Create((int)threshold)).AsSingle() & Vector256.Create(scale);
    }

    /// <summary>The multipliers of 16 features in a row.</summary>
    /// <inheritdoc cref="Keep"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep512(uint key, uint feature, uint threshold, float scale) =>
        Keep512(key, feature, 1, threshold, scale);

    /// <summary>The multipliers of 16 features that are equally far apart.</summary>
    /// <param name="key">The key of the row.</param>
    /// <param name="first">The index of the first feature in the row.</param>
    /// <param name="step">The features from one lane to the next.</param>
    /// <param name="threshold">The probability of keeping a feature in units of 2⁻²⁴, up to 2²⁴: see <see cref="Threshold"/>.</param>
    /// <param name="scale">What a kept feature is multiplied by: 1 / keepProbability.</param>
    /// <returns><paramref name="scale"/> where the feature is kept, 0 where it is dropped.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Keep512(uint key, uint first, uint step, uint threshold, float scale)
    {
        var bits = Vector512.ShiftRightLogical(Hash512(key, first, step), 32 - Resolution);
        return Vector512.LessThan(bits.AsInt32(), Vector512.Create((int)threshold)).AsSingle() & Vector512.Create(scale);
    }

    /// <summary>
    /// 32 random bits for each of some features that are equally far apart: Wellons' hash with the key twice in it, so that no two keys
    /// give shifted or permuted copies of one row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<uint> Hash128(uint key, uint first, uint step)
    {
        unchecked
        {
            var keys = Vector128.Create(key);
            var hash = (Vector128.Create(first) + (Vector128<uint>.Indices * step)) ^ keys;
            hash = (hash ^ Vector128.ShiftRightLogical(hash, 16)) * Vector128.Create(FirstMultiplier);
            hash = ((hash ^ Vector128.ShiftRightLogical(hash, 15)) + keys) * Vector128.Create(SecondMultiplier);
            return hash ^ Vector128.ShiftRightLogical(hash, 16);
        }
    }

    /// <inheritdoc cref="Hash128"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Hash256(uint key, uint first, uint step)
    {
        unchecked
        {
            var keys = Vector256.Create(key);
            var hash = (Vector256.Create(first) + (Vector256<uint>.Indices * step)) ^ keys;
            hash = (hash ^ Vector256.ShiftRightLogical(hash, 16)) * Vector256.Create(FirstMultiplier);
            hash = ((hash ^ Vector256.ShiftRightLogical(hash, 15)) + keys) * Vector256.Create(SecondMultiplier);
            return hash ^ Vector256.ShiftRightLogical(hash, 16);
        }
    }

    /// <inheritdoc cref="Hash128"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<uint> Hash512(uint key, uint first, uint step)
    {
        unchecked
        {
            var keys = Vector512.Create(key);
            var hash = (Vector512.Create(first) + (Vector512<uint>.Indices * step)) ^ keys;
            hash = (hash ^ Vector512.ShiftRightLogical(hash, 16)) * Vector512.Create(FirstMultiplier);
            hash = ((hash ^ Vector512.ShiftRightLogical(hash, 15)) + keys) * Vector512.Create(SecondMultiplier);
            return hash ^ Vector512.ShiftRightLogical(hash, 16);
        }
    }
}
