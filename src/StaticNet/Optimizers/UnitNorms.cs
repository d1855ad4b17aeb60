using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Optimizers;

/// <summary>
/// Max-norm: scales the incoming weights of each unit down to the longest norm that is allowed. Srebro and Shraibman, 2005;
/// Srivastava et al., 2014.
/// </summary>
/// <remarks>
/// A unit is an output: a row of a dense layer's weight, a filter of a convolution (of a depthwise one, a channel's), and of a
/// transposed convolution an output channel with all its inputs and positions. Among panels, of either kind, a unit is a lane,
/// and the 16 units of a panel are limited together; in row-major weights it is a row of the first axis.
/// </remarks>
internal sealed class UnitNorms
{
    private const nuint PanelWidth = ParameterInfo.PanelWidth;

    private readonly Block[] _blocks;

    private UnitNorms(Block[] blocks) => _blocks = blocks;

    /// <summary>The number of blocks, each a panel or a row; any range of them can be limited by any thread.</summary>
    public int BlockCount => _blocks.Length;

    /// <summary>Lists the units of the parameters that have a limit.</summary>
    /// <param name="parameters">Parameters and the largest norms of their units; infinite for none.</param>
    public static UnitNorms Of(IEnumerable<(ParameterInfo Parameter, float Limit)> parameters)
    {
        var blocks = new List<Block>();
        foreach (var (parameter, limit) in parameters)
        {
            if (float.IsPositiveInfinity(limit))
                continue;
            var isPanel = parameter.Packing != ParameterPacking.Rows;
            var count = isPanel ? parameter.PanelCount : parameter.Shape[0];
            var length = (isPanel ? parameter.PackedLength : parameter.Count) / count;
            for (var index = 0; index < count; index++)
                blocks.Add(new Block(parameter.Offset + (index * length), length, limit, isPanel));
        }

        return new UnitNorms([.. blocks]);
    }

    /// <summary>Limits the units of some blocks.</summary>
    /// <param name="begin">The first block.</param>
    /// <param name="end">The end of the range, exclusive.</param>
    /// <param name="parameters">All trainable parameters.</param>
    public void Limit(int begin, int end, Span<float> parameters)
    {
        foreach (var block in _blocks.AsSpan(begin, end - begin))
        {
            var values = parameters.Slice(block.Offset, block.Length);
            if (block.IsPanel)
                LimitPanel(values, block.Limit);
            else
                LimitRow(values, block.Limit);
        }
    }

    private static void LimitRow(Span<float> row, float limit)
    {
        var sum = 0.0;
        foreach (var value in row)
            sum += (double)value * value;
        if (!(sum > (double)limit * limit))
            return;
        var factor = (float)(limit / Math.Sqrt(sum));
        foreach (ref var value in row)
            value *= factor;
    }

    // Not inlined: the sums only stay in registers if nothing else needs them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LimitPanel(Span<float> panel, float limit)
    {
        ref var p = ref MemoryMarshal.GetReference(panel);
        // Two sums of each lane, so that an addition need not wait for the last one.
        var (even, odd) = (default(PanelSums), default(PanelSums));
        nuint i = 0;
        for (; i + PanelWidth < (nuint)panel.Length; i += 2 * PanelWidth)
        {
            even = even.With(Vector512.LoadUnsafe(ref p, i));
            odd = odd.With(Vector512.LoadUnsafe(ref p, i + PanelWidth));
        }

        if (i < (nuint)panel.Length)
            even = even.With(Vector512.LoadUnsafe(ref p, i));

        var factors = (even + odd).Factors(limit);
        if (Vector512.EqualsAll(factors, Vector512<float>.One))
            return;
        for (i = 0; i < (nuint)panel.Length; i += PanelWidth)
            (Vector512.LoadUnsafe(ref p, i) * factors).StoreUnsafe(ref p, i);
    }

    private readonly record struct Block(int Offset, int Length, float Limit, bool IsPanel);
}
