using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Numerics;

/// <summary>Operations on matrices that are stored as panels of 16 columns. For generated code; spans are checked once, before anything is written.</summary>
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
    /// <param name="end">The end of the panels to write; none if it is not after the first.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the panels to write are not among those there are.</exception>
    public static void Transpose(ReadOnlySpan<float> source, Span<float> target, int rows, int columns, int begin, int end)
    {
        if (begin >= end)
            return;
        CheckPart(rows, columns, 1, begin, end, Count(rows));
        MemoryGuard.Check(nameof(source), source.Length, (double)Count(columns) * Width * rows);
        MemoryGuard.Check(nameof(target), target.Length, (double)end * Width * columns);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var panel = begin; panel < end; panel++)
        {
            ref var to = ref Unsafe.Add(ref firstTarget, panel * Width * columns);
            var first = panel * Width;
            for (var column = 0; column < columns; column += 8)
            {
                // Eight columns lie in one panel of the source: half a panel wide, and panels start at multiples of 16.
                ref var from = ref Unsafe.Add(ref firstSource, (column / Width * Width * rows) + (column % Width));
                for (var half = 0; half < Width; half += 8)
                {
                    ref var corner = ref Unsafe.Add(ref to, (column * Width) + half);
                    TransposeBlock(ref from, ref corner, first + half, rows, Math.Min(8, columns - column));
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
    /// <param name="end">The end of the panels to write; none if it is not after the first.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the panels to write are not among those there are.</exception>
    public static void TransposeTaps(ReadOnlySpan<float> source, Span<float> target, int channels, int outputs, int taps, int begin, int end)
    {
        if (begin >= end)
            return;
        CheckPart(channels, outputs, taps, begin, end, Count(channels));
        MemoryGuard.Check(nameof(source), source.Length, (double)Count(outputs) * Width * taps * channels);
        MemoryGuard.Check(nameof(target), target.Length, (double)end * taps * Width * outputs);
        ref var firstSource = ref MemoryMarshal.GetReference(source);
        ref var firstTarget = ref MemoryMarshal.GetReference(target);
        for (var panel = begin; panel < end; panel++)
        {
            var first = panel * Width;
            for (var tap = 0; tap < taps; tap++)
            {
                ref var to = ref Unsafe.Add(ref firstTarget, ((panel * taps) + (taps - 1 - tap)) * Width * outputs);
                for (var output = 0; output < outputs; output += 8)
                {
                    ref var from = ref Unsafe.Add(ref firstSource, (((output / Width * taps) + tap) * channels * Width) + (output % Width));
                    for (var half = 0; half < Width; half += 8)
                    {
                        ref var corner = ref Unsafe.Add(ref to, (output * Width) + half);
                        TransposeBlock(ref from, ref corner, first + half, channels, Math.Min(8, outputs - output));
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
    /// <param name="end">The end of the taps to clear; none if it is not after the first.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, the lanes are not those of whole panels, or the taps to clear are not among those there are.</exception>
    public static void KeepConnected(Span<float> weight, ReadOnlySpan<ushort> lanes, int channels, int taps, int begin, int end)
    {
        if (begin >= end)
            return;
        CheckPart(channels, 1, taps, begin, end, taps);
        MemoryGuard.Require(channels > 0 && lanes.Length % channels == 0, "lanes for each channel of whole panels");
        MemoryGuard.Check(nameof(weight), weight.Length, (double)lanes.Length * taps * Width);
        ref var start = ref MemoryMarshal.GetReference(weight);
        for (var row = 0; row < lanes.Length; row++)
        {
            var (panel, channel) = (row / channels, row % channels);
            for (var tap = begin; tap < end; tap++)
            {
                ref var first = ref Unsafe.Add(ref start, ((((panel * taps) + tap) * channels) + channel) * Width);
                for (var lane = 0; lane < Width; lane++)
                {
                    if ((lanes[row] >> lane & 1) == 0)
                        Unsafe.Add(ref first, lane) = 0;
                }
            }
        }
    }

    /// <summary>The number of panels for a number of columns.</summary>
    private static int Count(int columns) => (int)(((long)columns + Width - 1) / Width);

    private static void CheckPart(int rows, int columns, int taps, int begin, int end, int count)
    {
        MemoryGuard.Require((rows | columns | taps) >= 0, "sizes of 0 or more");
        MemoryGuard.Require(begin >= 0 && end <= count, "a part of what there is, from begin to end");
    }

    /// <summary>Transposes up to eight rows of the source, from <paramref name="firstRow"/> on, and up to eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(ref float from, ref float corner, int firstRow, int rows, int columns)
    {
        if (!Avx.IsSupported || firstRow + Transposition.Block > rows)
            TransposeEdge(ref from, ref corner, firstRow, rows, columns);
        else if (columns == Transposition.Block)
            Transposition.Transpose8x8(ref Unsafe.Add(ref from, firstRow * Width), Width, ref corner, Width);
        else
            TransposeNarrow(ref Unsafe.Add(ref from, firstRow * Width), ref corner, columns);
    }

    /// <summary>Eight rows of fewer than eight columns: panels are padded, so that eight can be read; the target has no place for all of them.</summary>
    private static void TransposeNarrow(ref float from, ref float corner, int columns)
    {
        Span<float> block = stackalloc float[Transposition.Block * Transposition.Block];
        ref var first = ref MemoryMarshal.GetReference(block);
        Transposition.Transpose8x8(ref from, Width, ref first, Transposition.Block);
        for (var column = 0; column < columns; column++)
            Vector256.LoadUnsafe(ref first, (nuint)(column * Transposition.Block)).StoreUnsafe(ref corner, (nuint)(column * Width));
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
