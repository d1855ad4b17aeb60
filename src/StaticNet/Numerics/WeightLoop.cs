using System.Numerics;
using System.Runtime.InteropServices;

namespace StaticNet.Numerics;

/// <summary>Loops over all weights of a network, whose length is a multiple of any vector's.</summary>
internal static class WeightLoop
{
    /// <summary>to ← to + part · (from − to). Equal numbers stay exactly as they are.</summary>
    public static void Blend(ReadOnlySpan<float> from, Span<float> to, float part)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var factor = Vector.Create(part);
        for (nuint index = 0; index < (nuint)to.Length; index += (nuint)Vector<float>.Count)
        {
            var own = Vector.LoadUnsafe(ref target, index);
            Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref source, index) - own, own).StoreUnsafe(ref target, index);
        }
    }

    /// <summary>Exchanges the numbers of both.</summary>
    public static void Swap(Span<float> left, Span<float> right)
    {
        ref var one = ref MemoryMarshal.GetReference(left);
        ref var other = ref MemoryMarshal.GetReference(right);
        for (nuint index = 0; index < (nuint)left.Length; index += (nuint)Vector<float>.Count)
        {
            var value = Vector.LoadUnsafe(ref one, index);
            Vector.LoadUnsafe(ref other, index).StoreUnsafe(ref one, index);
            value.StoreUnsafe(ref other, index);
        }
    }
}
