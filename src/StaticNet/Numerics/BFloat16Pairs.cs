using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>
/// Matrices of numbers of 16 bits, the upper halves of floats, in panels of 16 columns: each word of 32 bits holds a column of two rows,
/// that of the even row in its lower half. One instruction then makes floats of either. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BFloat16Pairs
{
    private const int Width = ParameterInfo.PanelWidth;

    private const int Half = 16;

    private const uint Upper = 0xffff0000;

    /// <summary>Four columns of an even row, as floats.</summary>
    /// <param name="words">The words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Even(Vector128<uint> words) => (words << Half).AsSingle();

    /// <summary>Four columns of an odd row, as floats.</summary>
    /// <param name="words">The words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Odd(Vector128<uint> words) => (words & Vector128.Create(Upper)).AsSingle();

    /// <summary>Eight columns of an even row, as floats.</summary>
    /// <param name="words">The words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Even(Vector256<uint> words) => (words << Half).AsSingle();

    /// <summary>Eight columns of an odd row, as floats.</summary>
    /// <param name="words">The words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Odd(Vector256<uint> words) => (words & Vector256.Create(Upper)).AsSingle();

    /// <summary>Sixteen columns of an even row, as floats.</summary>
    /// <param name="words">The words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Even(Vector512<uint> words) => (words << Half).AsSingle();

    /// <summary>Sixteen columns of an odd row, as floats.</summary>
    /// <param name="words">The words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Odd(Vector512<uint> words) => (words & Vector512.Create(Upper)).AsSingle();

    /// <summary>Rounds a matrix in panels to such pairs; an odd last row is paired with zeros.</summary>
    /// <param name="source">The matrix: panels of 16 columns of all rows.</param>
    /// <param name="target">Where the words go: (rows + 1) / 2 times 16 per panel.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="begin">The first panel.</param>
    /// <param name="end">The end of the panels.</param>
    /// <exception cref="ArgumentException">A span is shorter than the sizes say.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static void Round(ReadOnlySpan<float> source, Span<uint> target, int rows, int begin, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        if (begin >= end)
            return;
        var pairs = (rows / 2) + (rows % 2);
        MemoryGuard.Check(nameof(source), source.Length, (double)end * Width * rows);
        MemoryGuard.Check(nameof(target), target.Length, (double)end * Width * pairs);
        var bits = MemoryMarshal.Cast<float, uint>(source);
        for (var panel = begin; panel < end; panel++)
        {
            for (var pair = 0; pair < pairs; pair++)
            {
                var even = bits.Slice(((panel * rows) + (2 * pair)) * Width, Width);
                var odd = (2 * pair) + 1 < rows ? bits.Slice(((panel * rows) + (2 * pair) + 1) * Width, Width) : default;
                var words = target.Slice(((panel * pairs) + pair) * Width, Width);
                for (var column = 0; column < Width; column++)
                    words[column] = (Rounded(even[column]) >> Half) | (odd.IsEmpty ? 0 : Rounded(odd[column]) & Upper);
            }
        }
    }

    /// <summary>
    /// The bits of a float with those of the nearest number of 16 bits in their upper half, of two the one whose last bit is zero. A NaN
    /// stays one.
    /// </summary>
    private static uint Rounded(uint bits) => float.IsNaN(BitConverter.UInt32BitsToSingle(bits)) ? bits | 0x400000 : bits + 0x7fff + ((bits >> Half) & 1);
}
