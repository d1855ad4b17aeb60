using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Optimizers;

/// <summary>
/// The factors that clipping by norm asks for. Each block's sum of squares is made on its own and then added in the blocks'
/// order, so that the bits do not depend on who sums which block.
/// </summary>
/// <param name="plan">The blocks.</param>
/// <param name="limit">The largest magnitude of an element, applied before the norms; infinite for none.</param>
internal sealed class GradientClipping(UpdatePlan plan, float limit)
{
    private const nuint PanelWidth = ParameterInfo.PanelWidth;

    private readonly double[] _sums = new double[plan.BlockCount];

    /// <summary>Sums the squares of some blocks.</summary>
    /// <param name="begin">The first block.</param>
    /// <param name="end">The end of the range, exclusive.</param>
    /// <param name="gradients">The gradients of all trainable parameters.</param>
    public void SumBlocks(int begin, int end, ReadOnlySpan<float> gradients)
    {
        foreach (var run in plan.Runs)
        {
            for (var block = Math.Max(begin, run.FirstBlock); block < Math.Min(end, run.EndBlock); block++)
            {
                var (offset, length) = run.Part(block, block + 1);
                var values = gradients.Slice(offset, length);
                _sums[block] = float.IsPositiveInfinity(limit) ? SumOfSquares<Off>(values, limit) : SumOfSquares<On>(values, limit);
            }
        }
    }

    /// <summary>Computes the factor of each run from the sums.</summary>
    /// <param name="parameterLimit">The largest norm of a run; null for none.</param>
    /// <param name="globalLimit">The largest norm of all together, after that; null for none.</param>
    /// <param name="scales">A factor for each run, written.</param>
    public void Scales(float? parameterLimit, float? globalLimit, Span<float> scales)
    {
        scales.Fill(1);
        var all = 0.0;
        for (var index = 0; index < scales.Length; index++)
        {
            var sum = 0.0;
            var run = plan.Runs[index];
            foreach (var part in _sums.AsSpan(run.FirstBlock, run.EndBlock - run.FirstBlock))
                sum += part;
            if (parameterLimit is { } ofOne)
                scales[index] = Scale(sum, ofOne);
            all += sum * scales[index] * scales[index];
        }

        if (globalLimit is not { } ofAll)
            return;
        var scale = Scale(all, ofAll);
        foreach (ref var factor in scales)
            factor *= scale;
    }

    /// <summary>PyTorch's formula; the small term keeps the factor finite. What has no finite norm is not scaled.</summary>
    private static float Scale(double sum, float limit) =>
        double.IsFinite(sum) ? (float)Math.Min(1, limit / (Math.Sqrt(sum) + 1e-6)) : 1;

    /// <summary>Σx² of a multiple of 16 floats.</summary>
    // Not inlined: the sums only stay in registers if nothing else needs them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static double SumOfSquares<TClamped>(ReadOnlySpan<float> values, float limit)
        where TClamped : struct, ISwitch
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        // Two sums of each lane, so that an addition need not wait for the last one.
        var (even, odd) = (default(PanelSums), default(PanelSums));
        nuint i = 0;
        for (; i + PanelWidth < (nuint)values.Length; i += 2 * PanelWidth)
        {
            even = even.With(Clamped<TClamped>(Vector512.LoadUnsafe(ref x, i), limit));
            odd = odd.With(Clamped<TClamped>(Vector512.LoadUnsafe(ref x, i + PanelWidth), limit));
        }

        if (i < (nuint)values.Length)
            even = even.With(Clamped<TClamped>(Vector512.LoadUnsafe(ref x, i), limit));
        return (even + odd).Total();
    }

    /// <summary>The clamped values, before they are squared; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Clamped<TClamped>(Vector512<float> values, float limit)
        where TClamped : struct, ISwitch
    {
        if (!TClamped.IsOn)
            return values;
        var largest = Vector512.Create(limit);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(values), largest), largest, values);
    }
}
