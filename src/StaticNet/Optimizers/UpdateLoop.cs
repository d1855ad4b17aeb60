using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticNet.Optimizers;

/// <summary>The loops of all optimizers: every update is one pass over parameters, gradients and state.</summary>
/// <remarks>
/// The lengths are multiples of 16, so of any vector's, and there is no remainder. <see cref="Vector{T}"/> rather than one width:
/// the pass is bound by memory, and the same loop compiles to the width that the machine has. Lanes never meet, so the width
/// does not change the result.
/// </remarks>
internal static class UpdateLoop
{
    /// <summary>Applies a rule to each vector of parameters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRule>(TRule rule, Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
    {
        Debug.Assert(parameters.Length % ParameterInfo.PanelWidth == 0 && gradients.Length == parameters.Length);
        Debug.Assert(TRule.StateCount < 1 || first.Length == parameters.Length);
        Debug.Assert(TRule.StateCount < 2 || second.Length == parameters.Length);

        ref var p = ref MemoryMarshal.GetReference(parameters);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var s1 = ref MemoryMarshal.GetReference(first);
        ref var s2 = ref MemoryMarshal.GetReference(second);
        for (nuint i = 0; i < (nuint)parameters.Length; i += (nuint)Vector<float>.Count)
        {
            var state1 = TRule.StateCount > 0 ? Vector.LoadUnsafe(ref s1, i) : default;
            var state2 = TRule.StateCount > 1 ? Vector.LoadUnsafe(ref s2, i) : default;
            rule.Apply(Vector.LoadUnsafe(ref p, i), Vector.LoadUnsafe(ref g, i), ref state1, ref state2).StoreUnsafe(ref p, i);
            if (TRule.StateCount > 0)
                state1.StoreUnsafe(ref s1, i);
            if (TRule.StateCount > 1)
                state2.StoreUnsafe(ref s2, i);
        }
    }

    /// <summary>√Σx², summed in double: no square of a float overflows or vanishes there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Norm(ReadOnlySpan<float> values)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        // Two sums, so that an addition need not wait for the last one.
        var low = Vector<double>.Zero;
        var high = Vector<double>.Zero;
        for (nuint i = 0; i < (nuint)values.Length; i += (nuint)Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref x, i), out var a, out var b);
            low += a * a;
            high += b * b;
        }

        return Math.Sqrt(Vector.Sum(low + high));
    }
}
