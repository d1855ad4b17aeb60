using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Numerics;

/// <summary>
/// Whether this program runs with the vector instructions that generated networks are tuned for. A program that was
/// published ahead of time without them works, but many times slower.
/// </summary>
public static class Hardware
{
    /// <summary>True with AVX2 and FMA on x64, with AdvSimd on Arm64, with 128-bit vectors elsewhere.</summary>
    public static bool IsAccelerated
    {
        get
        {
            if (X86Base.IsSupported)
                return Vector256.IsHardwareAccelerated && Fma.IsSupported;
            if (ArmBase.IsSupported)
                return Vector128.IsHardwareAccelerated && AdvSimd.IsSupported;
            return Vector128.IsHardwareAccelerated;
        }
    }

    /// <summary>The instruction sets in use, such as "AVX-512, AVX2, FMA".</summary>
    public static string Description
    {
        get
        {
            if (X86Base.IsSupported)
            {
                if (!Avx2.IsSupported)
                    return Avx.IsSupported ? "AVX" : "SSE";
                if (!Fma.IsSupported)
                    return "AVX2";
                return Vector512.IsHardwareAccelerated ? "AVX-512, AVX2, FMA" : "AVX2, FMA";
            }
            if (AdvSimd.IsSupported)
                return "AdvSimd";
            return Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vector instructions";
        }
    }

    /// <summary>
    /// Null when <see cref="IsAccelerated"/>; otherwise a sentence for the user that says what is missing and what helps.
    /// </summary>
    public static string? Warning
    {
        get
        {
            if (IsAccelerated)
                return null;
            var missing = X86Base.IsSupported ? "AVX2 and FMA" : "vector instructions";
            return RuntimeFeature.IsDynamicCodeSupported
                ? $"This program runs without {missing} ({Description}), so its networks are many times slower: run it on a CPU that has "
                    + "them and leave them on in the .NET runtime; a NativeAOT program is published with the property IlcInstructionSet."
                : $"This program was compiled without {missing} ({Description}), so its networks are many times slower: publish it with "
                    + "the property IlcInstructionSet, such as avx2,fma,bmi,bmi2,lzcnt,movbe,popcnt for x64 or native for this machine.";
        }
    }
}
