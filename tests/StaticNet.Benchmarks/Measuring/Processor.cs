using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>What the processor of this machine is called.</summary>
internal static class Processor
{
    private const int FirstBrandLeaf = unchecked((int)0x80000002);

    /// <summary>The name that it gives itself, and its design where that is known: <c>AMD EPYC (Zen 3)</c>.</summary>
    public static string Name { get; } = X86Base.IsSupported ? Brand() + Design() : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Brand()
    {
        Span<int> registers = stackalloc int[12];
        for (var leaf = 0; leaf < 3; leaf++)
            (registers[4 * leaf], registers[(4 * leaf) + 1], registers[(4 * leaf) + 2], registers[(4 * leaf) + 3]) = X86Base.CpuId(FirstBrandLeaf + leaf, 0);
        Span<char> text = stackalloc char[48];
        for (var index = 0; index < text.Length; index++)
            text[index] = (char)((registers[index / 4] >> (8 * (index % 4))) & 255);
        return text.Trim("\0 ").ToString();
    }

    private static string Design()
    {
        var signature = X86Base.CpuId(1, 0).Eax;
        var family = ((signature >> 8) & 15) + ((signature >> 20) & 255);
        var model = ((signature >> 4) & 15) + ((signature >> 12) & 0xF0);
        // AMD's families alone: Intel's 6 holds them all.
        return (family, model) switch
        {
            (23, < 0x30) => " (Zen)",
            (23, _) => " (Zen 2)",
            (25, < 0x10 or >= 0x20 and < 0x60) => " (Zen 3)",
            (25, _) => " (Zen 4)",
            (26, _) => " (Zen 5)",
            _ => "",
        };
    }
}
