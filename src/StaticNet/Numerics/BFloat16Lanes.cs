using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>Vectors of numbers of 16 bits that are the upper halves of floats. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BFloat16Lanes
{
    private const int Half = 16;

    /// <summary>Four numbers as floats, exactly.</summary>
    /// <param name="source">Where the numbers begin.</param>
    /// <param name="offset">How many numbers to pass over.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load128(ref ushort source, nuint offset)
    {
        var numbers = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref source, offset)))).AsUInt16();
        return (Vector128.WidenLower(numbers) << Half).AsSingle();
    }

    /// <summary>Eight numbers as floats, exactly.</summary>
    /// <param name="source">Where the numbers begin.</param>
    /// <param name="offset">How many numbers to pass over.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load256(ref ushort source, nuint offset) =>
        (Vector256.WidenLower(Vector128.LoadUnsafe(ref source, offset).ToVector256Unsafe()) << Half).AsSingle();

    /// <summary>Sixteen numbers as floats, exactly.</summary>
    /// <param name="source">Where the numbers begin.</param>
    /// <param name="offset">How many numbers to pass over.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load512(ref ushort source, nuint offset) =>
        (Vector512.WidenLower(Vector256.LoadUnsafe(ref source, offset).ToVector512Unsafe()) << Half).AsSingle();

    /// <summary>Rounds floats to the nearest such numbers, ties to those whose last bit is zero. Infinities stay; a NaN stays one.</summary>
    /// <param name="source">The floats.</param>
    /// <param name="target">Where the numbers go, as many.</param>
    /// <exception cref="ArgumentException">The target is shorter.</exception>
    public static void Round(ReadOnlySpan<float> source, Span<ushort> target)
    {
        MemoryGuard.Check(nameof(target), target.Length, source.Length);
        var bits = MemoryMarshal.Cast<float, uint>(source);
        for (var i = 0; i < bits.Length; i++)
            target[i] = float.IsNaN(source[i]) ? (ushort)((bits[i] >> Half) | 0x40) : (ushort)((bits[i] + 0x7fff + ((bits[i] >> Half) & 1)) >> Half);
    }
}
