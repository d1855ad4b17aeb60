using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>Adds the gradients that the parts of a batch have computed by themselves. For generated code; spans are checked once, before anything is written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GradientParts
{
    private const int Panel = ParameterInfo.PanelWidth;

    /// <summary>Adds, in the order of the parts, so that the result does not depend on who computed them.</summary>
    /// <param name="parts">The gradients of the first part, from their first float on; those of the others follow.</param>
    /// <param name="partLength">The floats from part to part.</param>
    /// <param name="count">The number of parts, 1 or more.</param>
    /// <param name="gradients">The gradients of all parameters, which take the sums.</param>
    /// <param name="begin">The first panel of 16 gradients to sum.</param>
    /// <param name="end">The end of the panels to sum; none if it is not after the first.</param>
    /// <param name="accumulate">Whether the sums are added to what is there.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range, or the panels to sum are not among those there are.</exception>
    public static void Sum(ReadOnlySpan<float> parts, int partLength, int count, Span<float> gradients, int begin, int end, bool accumulate)
    {
        if (begin >= end)
            return;
        MemoryGuard.Require(partLength >= 0 && count > 0, "a length of 0 or more and a part or more");
        MemoryGuard.Require(begin >= 0, "a part of what there is, from begin to end");
        MemoryGuard.Check(nameof(gradients), gradients.Length, (double)end * Panel);
        MemoryGuard.Check(nameof(parts), parts.Length, ((count - 1.0) * partLength) + ((double)end * Panel));
        ref var source = ref MemoryMarshal.GetReference(parts);
        ref var target = ref MemoryMarshal.GetReference(gradients);
        for (var lane = (nuint)begin * Panel; lane < (nuint)end * Panel; lane += (nuint)Vector256<float>.Count)
        {
            var sum = Vector256.LoadUnsafe(ref source, lane);
            for (var part = 1; part < count; part++)
                sum += Vector256.LoadUnsafe(ref source, ((nuint)part * (nuint)partLength) + lane);
            if (accumulate)
                sum += Vector256.LoadUnsafe(ref target, lane);
            sum.StoreUnsafe(ref target, lane);
        }
    }
}
