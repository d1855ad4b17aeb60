using System.ComponentModel;

namespace StaticNet.Numerics;

/// <summary>
/// The ring of inputs that a stream keeps. Behind its last place the first ones stand again, so that a block of steps is read as if
/// there were no seam, wherever it begins.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamRing
{
    /// <summary>Repeats what a block has written on one side of the seam on the other.</summary>
    /// <param name="ring">The ring, <paramref name="places"/> + <paramref name="repeated"/> places.</param>
    /// <param name="places">The places of the ring.</param>
    /// <param name="repeated">The first of them that stand behind the last one again; a block has no more steps.</param>
    /// <param name="length">The floats of a place.</param>
    /// <param name="first">The place of the block's first step; the others follow it, beyond the last place too.</param>
    /// <param name="steps">The steps of the block.</param>
    /// <exception cref="ArgumentException">The ring is shorter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the block is not in the ring.</exception>
    public static void Repeat(Span<float> ring, int places, int repeated, int length, int first, int steps)
    {
        MemoryGuard.Require((places | repeated | length | first | steps) >= 0 && first < places && steps <= repeated && repeated <= places, "a block inside the ring");
        MemoryGuard.Check(nameof(ring), ring.Length, ((double)places + repeated) * length);
        var end = first + steps;
        if (first < repeated)
            ring[(first * length)..(Math.Min(end, repeated) * length)].CopyTo(ring[((places + first) * length)..]);
        if (end > places)
            ring[(places * length)..(end * length)].CopyTo(ring);
    }
}
