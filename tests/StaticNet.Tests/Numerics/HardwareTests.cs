using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class HardwareTests
{
    [Fact]
    public void Warns_exactly_when_not_accelerated()
    {
        Assert.Equal(Hardware.IsAccelerated, Hardware.Warning is null);
        if (Hardware.Warning is { } warning)
            Assert.Contains("IlcInstructionSet", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Describes_what_there_is()
    {
        Assert.NotEmpty(Hardware.Description);
        Assert.Equal(Vector512.IsHardwareAccelerated, Hardware.Description.Contains("AVX-512", StringComparison.Ordinal));
        if (System.Runtime.Intrinsics.X86.X86Base.IsSupported)
            Assert.Equal(Hardware.IsAccelerated, Hardware.Description.EndsWith("AVX2, FMA", StringComparison.Ordinal));
    }
}
