using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Numerics;

/// <summary>
/// Takes neighbouring lanes of two vectors apart and puts them together again, as windows of two columns need it. For generated
/// code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interleaving
{
    /// <summary>The lanes 0, 2, 4 … of two vectors, one after the other.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="b">The one after it.</param>
    /// <returns>a₀, a₂, …, b₀, b₂, …</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Even(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.Shuffle(a, b, 0b10_00_10_00);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipEven(a, b) : Vector128.Create(a[0], a[2], b[0], b[2]);
    }

    /// <inheritdoc cref="Even(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Even(Vector256<float> a, Vector256<float> b) => Avx2.IsSupported
        ? Avx2.Permute4x64(Avx.Shuffle(a, b, 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle()
        : Vector256.Create(Even(a.GetLower(), a.GetUpper()), Even(b.GetLower(), b.GetUpper()));

    /// <inheritdoc cref="Even(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Even(Vector512<float> a, Vector512<float> b) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b)
        : Vector512.Create(Even(a.GetLower(), a.GetUpper()), Even(b.GetLower(), b.GetUpper()));

    /// <summary>The lanes 1, 3, 5 … of two vectors, one after the other.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="b">The one after it.</param>
    /// <returns>a₁, a₃, …, b₁, b₃, …</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Odd(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.Shuffle(a, b, 0b11_01_11_01);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipOdd(a, b) : Vector128.Create(a[1], a[3], b[1], b[3]);
    }

    /// <inheritdoc cref="Odd(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Odd(Vector256<float> a, Vector256<float> b) => Avx2.IsSupported
        ? Avx2.Permute4x64(Avx.Shuffle(a, b, 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle()
        : Vector256.Create(Odd(a.GetLower(), a.GetUpper()), Odd(b.GetLower(), b.GetUpper()));

    /// <inheritdoc cref="Odd(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Odd(Vector512<float> a, Vector512<float> b) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(a, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b)
        : Vector512.Create(Odd(a.GetLower(), a.GetUpper()), Odd(b.GetLower(), b.GetUpper()));

    /// <summary>The lanes of two vectors by turns: the first half of them.</summary>
    /// <param name="a">The values of the even lanes.</param>
    /// <param name="b">The values of the odd lanes.</param>
    /// <returns>a₀, b₀, a₁, b₁, …, from the lower halves of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Low(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(a, b);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);
    }

    /// <inheritdoc cref="Low(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Low(Vector256<float> a, Vector256<float> b) =>
        Vector256.Create(Low(a.GetLower(), b.GetLower()), High(a.GetLower(), b.GetLower()));

    /// <inheritdoc cref="Low(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Low(Vector512<float> a, Vector512<float> b) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), b)
        : Vector512.Create(Low(a.GetLower(), b.GetLower()), High(a.GetLower(), b.GetLower()));

    /// <summary>The lanes of two vectors by turns: the second half of them.</summary>
    /// <param name="a">The values of the even lanes.</param>
    /// <param name="b">The values of the odd lanes.</param>
    /// <returns>The same from the upper halves of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> High(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackHigh(a, b);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);
    }

    /// <inheritdoc cref="High(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> High(Vector256<float> a, Vector256<float> b) =>
        Vector256.Create(Low(a.GetUpper(), b.GetUpper()), High(a.GetUpper(), b.GetUpper()));

    /// <inheritdoc cref="High(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> High(Vector512<float> a, Vector512<float> b) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(a, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), b)
        : Vector512.Create(Low(a.GetUpper(), b.GetUpper()), High(a.GetUpper(), b.GetUpper()));

    /// <summary>Exchanges the rows and columns of eight vectors: lane i of vector j becomes lane j of vector i.</summary>
    /// <param name="a">Vector 0.</param>
    /// <param name="b">Vector 1.</param>
    /// <param name="c">Vector 2.</param>
    /// <param name="d">Vector 3.</param>
    /// <param name="e">Vector 4.</param>
    /// <param name="f">Vector 5.</param>
    /// <param name="g">Vector 6.</param>
    /// <param name="h">Vector 7.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d,
        ref Vector256<float> e, ref Vector256<float> f, ref Vector256<float> g, ref Vector256<float> h)
    {
        // Vectors i and i + 4 share registers first, so that the rest happens within the halves.
        var (left0, right0) = (Vector256.Create(a.GetLower(), e.GetLower()), Vector256.Create(a.GetUpper(), e.GetUpper()));
        var (left1, right1) = (Vector256.Create(b.GetLower(), f.GetLower()), Vector256.Create(b.GetUpper(), f.GetUpper()));
        var (left2, right2) = (Vector256.Create(c.GetLower(), g.GetLower()), Vector256.Create(c.GetUpper(), g.GetUpper()));
        var (left3, right3) = (Vector256.Create(d.GetLower(), h.GetLower()), Vector256.Create(d.GetUpper(), h.GetUpper()));
        TransposeHalves(left0, left1, left2, left3, out a, out b, out c, out d);
        TransposeHalves(right0, right1, right2, right3, out e, out f, out g, out h);
    }

    /// <summary>Transposes four by four lanes in each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeHalves(
        Vector256<float> row0, Vector256<float> row1, Vector256<float> row2, Vector256<float> row3,
        out Vector256<float> column0, out Vector256<float> column1, out Vector256<float> column2, out Vector256<float> column3)
    {
        var (low01, high01) = (LowOfHalves(row0, row1), HighOfHalves(row0, row1));
        var (low23, high23) = (LowOfHalves(row2, row3), HighOfHalves(row2, row3));
        column0 = LowPairs(low01, low23);
        column1 = HighPairs(low01, low23);
        column2 = LowPairs(high01, high23);
        column3 = HighPairs(high01, high23);
    }

    /// <summary>a₀, b₀, a₁, b₁ of each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LowOfHalves(Vector256<float> a, Vector256<float> b) => Avx.IsSupported
        ? Avx.UnpackLow(a, b)
        : Vector256.Create(Low(a.GetLower(), b.GetLower()), Low(a.GetUpper(), b.GetUpper()));

    /// <summary>a₂, b₂, a₃, b₃ of each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> HighOfHalves(Vector256<float> a, Vector256<float> b) => Avx.IsSupported
        ? Avx.UnpackHigh(a, b)
        : Vector256.Create(High(a.GetLower(), b.GetLower()), High(a.GetUpper(), b.GetUpper()));

    /// <summary>a₀, a₁, b₀, b₁ of each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LowPairs(Vector256<float> a, Vector256<float> b) => Avx.IsSupported
        ? Avx.UnpackLow(a.AsDouble(), b.AsDouble()).AsSingle()
        : Vector256.Create(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5]);

    /// <summary>a₂, a₃, b₂, b₃ of each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> HighPairs(Vector256<float> a, Vector256<float> b) => Avx.IsSupported
        ? Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).AsSingle()
        : Vector256.Create(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7]);
}
