using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Numerics;

/// <summary>Exchanges rows and columns, eight by eight in registers.</summary>
internal static class Transposition
{
    /// <summary>The rows and columns of a block.</summary>
    public const int Block = 8;

    /// <summary>Transposes a matrix of any size.</summary>
    /// <param name="from">The first element.</param>
    /// <param name="fromRow">The floats from row to row of the source.</param>
    /// <param name="to">Where the first element goes.</param>
    /// <param name="toRow">The floats from row to row of the target.</param>
    /// <param name="rows">The rows of the source.</param>
    /// <param name="columns">The columns of the source.</param>
    public static void Transpose(ref float from, nint fromRow, ref float to, nint toRow, int rows, int columns)
    {
        var (wholeRows, wholeColumns) = Avx.IsSupported ? (rows / Block * Block, columns / Block * Block) : (0, 0);
        for (var row = 0; row < wholeRows; row += Block)
        {
            for (var column = 0; column < wholeColumns; column += Block)
                Transpose8x8(ref Unsafe.Add(ref from, (row * fromRow) + column), fromRow, ref Unsafe.Add(ref to, (column * toRow) + row), toRow);
        }

        for (var column = 0; column < columns; column++)
        {
            for (var row = column < wholeColumns ? wholeRows : 0; row < rows; row++)
                Unsafe.Add(ref to, (column * toRow) + row) = Unsafe.Add(ref from, (row * fromRow) + column);
        }
    }

    /// <summary>Transposes eight by eight elements; needs AVX.</summary>
    /// <param name="from">The first element.</param>
    /// <param name="fromRow">The floats from row to row of the source.</param>
    /// <param name="to">Where the first element goes.</param>
    /// <param name="toRow">The floats from row to row of the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose8x8(ref float from, nint fromRow, ref float to, nint toRow)
    {
        // Rows r and r + 4 share a register, so that the rest happens within its halves.
        var (a, b) = (Rows(ref from, fromRow, 0), Rows(ref from, fromRow, 1));
        var (c, d) = (Rows(ref from, fromRow, 2), Rows(ref from, fromRow, 3));
        Store(a.Left, b.Left, c.Left, d.Left, ref to, toRow);
        Store(a.Right, b.Right, c.Right, d.Right, ref Unsafe.Add(ref to, 4 * toRow), toRow);
    }

    /// <summary>Four columns of the source as four rows of the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, ref float to, nint toRow)
    {
        var (ab, cd) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
        var (abHigh, cdHigh) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
        Avx.Shuffle(ab, cd, 0x44).StoreUnsafe(ref to);
        Avx.Shuffle(ab, cd, 0xEE).StoreUnsafe(ref Unsafe.Add(ref to, toRow));
        Avx.Shuffle(abHigh, cdHigh, 0x44).StoreUnsafe(ref Unsafe.Add(ref to, 2 * toRow));
        Avx.Shuffle(abHigh, cdHigh, 0xEE).StoreUnsafe(ref Unsafe.Add(ref to, 3 * toRow));
    }

    /// <summary>The halves of rows <paramref name="row"/> and <paramref name="row"/> + 4, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Left, Vector256<float> Right) Rows(ref float from, nint fromRow, int row)
    {
        ref var upper = ref Unsafe.Add(ref from, row * fromRow);
        ref var lower = ref Unsafe.Add(ref from, (row + 4) * fromRow);
        return (Vector256.Create(Vector128.LoadUnsafe(ref upper), Vector128.LoadUnsafe(ref lower)),
            Vector256.Create(Vector128.LoadUnsafe(ref upper, 4), Vector128.LoadUnsafe(ref lower, 4)));
    }
}
