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
            var count = parameter.Packing switch
            {
                ParameterPacking.Panels => Panels(parameter.Shape[0]),
                ParameterPacking.TransposedPanels => Panels(parameter.Shape[1] * parameter.Groups),
                _ => parameter.Shape[0],
            };
            var length = (isPanel ? parameter.PackedLength : parameter.Count) / count;
            for (var index = 0; index < count; index++)
                blocks.Add(new Block(parameter.Offset + (index * length), length, limit, isPanel));
        }

        return new UnitNorms([.. blocks]);

        static int Panels(int units) => (units + ParameterInfo.PanelWidth - 1) / ParameterInfo.PanelWidth;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LimitPanel(Span<float> panel, float limit)
    {
        ref var p = ref MemoryMarshal.GetReference(panel);
        // In double, as the norm of gradients is: no square overflows.
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint i = 0; i < (nuint)panel.Length; i += ParameterInfo.PanelWidth)
        {
            (a, b) = VectorMath.AddSquares(Vector256.LoadUnsafe(ref p, i), a, b);
            (c, d) = VectorMath.AddSquares(Vector256.LoadUnsafe(ref p, i + 8), c, d);
        }

        var low = Factors(a, b, limit);
        var high = Factors(c, d, limit);
        if (Vector256.EqualsAll(low, Vector256<float>.One) && Vector256.EqualsAll(high, Vector256<float>.One))
            return;
        for (nuint i = 0; i < (nuint)panel.Length; i += ParameterInfo.PanelWidth)
        {
            (Vector256.LoadUnsafe(ref p, i) * low).StoreUnsafe(ref p, i);
            (Vector256.LoadUnsafe(ref p, i + 8) * high).StoreUnsafe(ref p, i + 8);
        }
    }

    /// <summary>The factors of eight units from the sums of their squares; 1 where the limit is kept, or where no sum is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Factors(Vector256<double> low, Vector256<double> high, float limit)
    {
        var longest = Vector256.Create((double)limit);
        var (lowNorm, highNorm) = (Vector256.Sqrt(low), Vector256.Sqrt(high));
        return Vector256.Narrow(
            Vector256.ConditionalSelect(Vector256.GreaterThan(lowNorm, longest), longest / lowNorm, Vector256<double>.One),
            Vector256.ConditionalSelect(Vector256.GreaterThan(highNorm, longest), longest / highNorm, Vector256<double>.One));
    }

    private readonly record struct Block(int Offset, int Length, float Limit, bool IsPanel);
}
