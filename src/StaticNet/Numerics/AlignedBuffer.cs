using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticNet.Numerics;

/// <summary>
/// A fixed block of floats that starts on a 64-byte boundary and never moves.
/// </summary>
/// <remarks>
/// Vector loads that straddle a cache line cost up to half the speed of a matrix product. Arrays of the pinned heap start
/// 16 bytes into a line, so the block is aligned by hand inside a slightly longer array.
/// </remarks>
public sealed class AlignedBuffer
{
    /// <summary>The alignment in bytes: one cache line, which is also the widest vector.</summary>
    public const int Alignment = 64;

    private const int FloatsPerLine = Alignment / sizeof(float);

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>Allocates <paramref name="length"/> floats, all zero.</summary>
    /// <param name="length">The number of floats, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        // One line more than needed at each end: the first is lost to alignment, the last keeps Reference valid when empty.
        _array = GC.AllocateArray<float>(length + (2 * FloatsPerLine), pinned: true);
        LargePages.Ask(_array);
        _start = StartOf(_array);
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    public Span<float> Span => _array.AsSpan(_start, Length);

    /// <summary>The first float, 64-byte aligned; what kernels address their operands from.</summary>
    public ref float Reference
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);
    }

    private static unsafe int StartOf(float[] pinned)
    {
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        var misalignment = (int)(address % Alignment);
        return misalignment == 0 ? 0 : (Alignment - misalignment) / sizeof(float);
    }
}
