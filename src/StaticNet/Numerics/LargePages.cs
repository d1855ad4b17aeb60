using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticNet.Numerics;

/// <summary>
/// Asks the system for large pages behind memory that has not been touched yet: a training step that runs through 80 MB of 4 KB
/// pages spends a tenth of its time on finding them.
/// </summary>
/// <remarks>
/// On Linux, where they are given to those who ask (transparent_hugepage = madvise, the usual setting). Other systems give them of
/// themselves or not at all. Nothing depends on the answer.
/// </remarks>
internal static partial class LargePages
{
    /// <summary>The bytes of a large page on x64 and, with the usual small ones, on Arm64.</summary>
    private const nuint PageBytes = 2 << 20;

    /// <summary>Smaller blocks are found in the processor's tables as they are.</summary>
    private const int LeastBytes = 4 << 20;

    /// <summary>MADV_HUGEPAGE of madvise(2).</summary>
    private const int HugePage = 14;

    /// <summary>Asks for large pages, for those that lie within a block of memory as a whole.</summary>
    /// <param name="pinned">The block, which does not move.</param>
    public static unsafe void Ask(float[] pinned)
    {
        if (!OperatingSystem.IsLinux() || (long)pinned.Length * sizeof(float) < LeastBytes)
            return;
        var first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        var begin = (first + PageBytes - 1) & ~(PageBytes - 1);
        var end = (first + ((nuint)pinned.Length * sizeof(float))) & ~(PageBytes - 1);
        _ = Advise(begin, end - begin, HugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
