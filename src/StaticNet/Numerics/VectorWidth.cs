using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Numerics;

/// <summary>Which of the forms of a kernel runs: that of 512 bits, or the one below it.</summary>
/// <remarks>
/// Vectors of 512 bits pay where the processor computes them whole. AMD's Zen 4 computes each in two halves, so nothing is gained, and what waits
/// for a result waits longer: there, the 256-bit forms run. The environment variable
/// <c>STATICNET_VECTOR_WIDTH</c> (256 or 512), or the runtime setting <c>StaticNet.VectorWidth</c>, decides otherwise.
/// </remarks>
public static class VectorWidth
{
    /// <summary>The environment variable that decides.</summary>
    public const string Variable = "STATICNET_VECTOR_WIDTH";

    /// <summary>The runtime setting that decides, where the variable is not set.</summary>
    public const string Setting = "StaticNet.VectorWidth";

    /// <summary>
    /// Whether kernels run in their 512-bit form. Decided once, when the program first uses it; a constant for code that is compiled afterwards.
    /// </summary>
    public static readonly bool Is512 = Decide(Wanted, Vector512.IsHardwareAccelerated, Processor());

    private static string? Wanted => Environment.GetEnvironmentVariable(Variable) ?? AppContext.GetData(Setting)?.ToString();

    /// <summary>Decides, if that has not been done, so that the choice is a constant for the kernels that are compiled from now on.</summary>
    /// <exception cref="InvalidOperationException">The variable or the setting is neither 256 nor 512.</exception>
    internal static void Prepare()
    {
        Check(Wanted);
        _ = Is512;
    }

    /// <summary>Refuses a width that there is not.</summary>
    /// <exception cref="InvalidOperationException">It is neither 256 nor 512.</exception>
    internal static void Check(string? wanted)
    {
        if (wanted is not (null or "" or "256" or "512"))
            throw new InvalidOperationException($"Expected a vector width of 256 or 512 in the environment variable {Variable} or the runtime setting {Setting}; it is '{wanted}'.");
    }

    /// <summary>Decides.</summary>
    /// <param name="wanted">What the variable or the setting says; null: nothing.</param>
    /// <param name="isAccelerated">Whether .NET counts the processor's 512-bit instructions as fast.</param>
    /// <param name="processor">The processor.</param>
    internal static bool Decide(string? wanted, bool isAccelerated, (string Vendor, int Family, int Model) processor) => wanted switch
    {
        "256" => false,
        "512" => true,
        _ => isAccelerated && !ComputesHalves(processor),
    };

    /// <summary>The family and the model in what the processor says of itself, as its maker counts them.</summary>
    /// <param name="signature">The register EAX after CPUID 1.</param>
    internal static (int Family, int Model) Signature(int signature)
    {
        var (family, model) = ((signature >> 8) & 15, (signature >> 4) & 15);
        if (family is 6 or 15)
            model += (signature >> 12) & 0xF0;
        return (family == 15 ? family + ((signature >> 20) & 255) : family, model);
    }

    /// <summary>Zen 4 is the part of AMD's family 25 that has AVX-512; its successors compute 512 bits whole, unless a model for laptops does not.</summary>
    private static bool ComputesHalves((string Vendor, int Family, int Model) processor) => processor switch
    {
        ("AuthenticAMD", 25, _) => true,
        ("AuthenticAMD", 26, >= 0x20 and < 0x40 or >= 0x60 and < 0x70) => true,
        _ => false,
    };

    private static (string Vendor, int Family, int Model) Processor()
    {
        if (!X86Base.IsSupported)
            return ("", 0, 0);
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        var vendor = string.Create(12, (ebx, edx, ecx), static (text, parts) =>
        {
            for (var index = 0; index < text.Length; index++)
                text[index] = (char)(((index / 4) switch { 0 => parts.ebx, 1 => parts.edx, _ => parts.ecx } >> (8 * (index % 4))) & 255);
        });
        var (family, model) = Signature(X86Base.CpuId(1, 0).Eax);
        return (vendor, family, model);
    }
}
