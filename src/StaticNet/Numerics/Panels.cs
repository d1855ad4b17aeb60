using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Numerics;

/// <summary>Work on matrices that stand as panels of 16 columns. For generated code: nothing is checked.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Panels
{
    private const int Width = ParameterInfo.PanelWidth;

    /// <summary>
    /// Transposes a matrix [rows, columns] whose panels each hold 16 columns of all rows, into panels that each hold 16 rows
    /// of all columns. Lanes beyond the last row become zero.
    /// </summary>
    /// <param name="source">The matrix.</param>
    /// <param name="target">Where the transposed one goes.</param>
    /// <param name="rows">The rows of the source.</param>
    /// <param name="columns">The columns of the source.</param>
    /// <param name="begin">The first panel of the target to write.</param>
    /// <param name="end">The end of the panels to write.</param>
    public static void Transpose(ref float source, ref float target, int rows, int columns, int begin, int end)
    {
        for (var panel = begin; panel < end; panel++)
        {
            ref var to = ref Unsafe.Add(ref target, panel * Width * columns);
            var first = panel * Width;
            for (var column = 0; column < columns; column += 8)
            {
                // Eight columns lie in one panel of the source: half a panel wide, and panels start at multiples of 16.
                ref var from = ref Unsafe.Add(ref source, (column / Width * Width * rows) + (column % Width));
                for (var half = 0; half < Width; half += 8)
                {
                    ref var corner = ref Unsafe.Add(ref to, (column * Width) + half);
                    if (Avx.IsSupported && column + 8 <= columns && first + half + 8 <= rows)
                        Transposition.Transpose8x8(ref Unsafe.Add(ref from, (first + half) * Width), Width, ref corner, Width);
                    else
                        TransposeEdge(ref from, ref corner, first + half, rows, Math.Min(8, columns - column));
                }
            }
        }
    }

    /// <summary>
    /// Transposes the weight of a convolution: from panels of 16 outputs, with a row for each tap and channel, into panels of 16
    /// channels, with a row for each tap, the last first, and output. Lanes beyond the last channel become zero.
    /// </summary>
    /// <param name="source">The weight.</param>
    /// <param name="target">Where the transposed one goes.</param>
    /// <param name="channels">The input channels.</param>
    /// <param name="outputs">The output channels.</param>
    /// <param name="taps">The taps.</param>
    /// <param name="begin">The first panel of the target to write.</param>
    /// <param name="end">The end of the panels to write.</param>
    public static void TransposeTaps(ref float source, ref float target, int channels, int outputs, int taps, int begin, int end)
    {
        for (var panel = begin; panel < end; panel++)
        {
            var first = panel * Width;
            for (var tap = 0; tap < taps; tap++)
            {
                ref var to = ref Unsafe.Add(ref target, ((panel * taps) + (taps - 1 - tap)) * Width * outputs);
                for (var output = 0; output < outputs; output += 8)
                {
                    ref var from = ref Unsafe.Add(ref source, (((output / Width * taps) + tap) * channels * Width) + (output % Width));
                    for (var half = 0; half < Width; half += 8)
                    {
                        ref var corner = ref Unsafe.Add(ref to, (output * Width) + half);
                        if (Avx.IsSupported && output + 8 <= outputs && first + half + 8 <= channels)
                            Transposition.Transpose8x8(ref Unsafe.Add(ref from, (first + half) * Width), Width, ref corner, Width);
                        else
                            TransposeEdge(ref from, ref corner, first + half, channels, Math.Min(8, outputs - output));
                    }
                }
            }
        }
    }

    /// <summary>Clears what connects channels and filters that do not meet.</summary>
    /// <param name="weight">The weight of a convolution, or its gradient, as panels of 16 filters.</param>
    /// <param name="lanes">For each panel and channel, which lanes meet it: the lowest bit is the first lane.</param>
    /// <param name="channels">The input channels.</param>
    /// <param name="taps">The taps.</param>
    /// <param name="begin">The first tap to clear.</param>
    /// <param name="end">The end of the taps to clear.</param>
    public static void KeepConnected(ref float weight, ReadOnlySpan<ushort> lanes, int channels, int taps, int begin, int end)
    {
        for (var row = 0; row < lanes.Length; row++)
        {
            var (panel, channel) = (row / channels, row % channels);
            for (var tap = begin; tap < end; tap++)
            {
                ref var first = ref Unsafe.Add(ref weight, ((((panel * taps) + tap) * channels) + channel) * Width);
                for (var lane = 0; lane < Width; lane++)
                {
                    if ((lanes[row] >> lane & 1) == 0)
                        Unsafe.Add(ref first, lane) = 0;
                }
            }
        }
    }

    private static void TransposeEdge(ref float from, ref float corner, int firstRow, int rows, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                var row = firstRow + lane;
                Unsafe.Add(ref corner, (column * Width) + lane) = row < rows ? Unsafe.Add(ref from, (row * Width) + column) : 0;
            }
        }
    }
}
