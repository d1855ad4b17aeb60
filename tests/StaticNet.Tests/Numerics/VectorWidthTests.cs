using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class VectorWidthTests
{
    [Theory]
    [InlineData("AuthenticAMD", 0x00A20F10, false)] // Zen 3, a desktop.
    [InlineData("AuthenticAMD", 0x00A10F11, false)] // Zen 4, a server: it computes 512 bits in halves.
    [InlineData("AuthenticAMD", 0x00A60F12, false)] // Zen 4, a desktop.
    [InlineData("AuthenticAMD", 0x00B00F21, true)] // Zen 5, a server.
    [InlineData("AuthenticAMD", 0x00B40F40, true)] // Zen 5, a desktop.
    [InlineData("AuthenticAMD", 0x00B20F40, false)] // Zen 5, a laptop: it computes in halves.
    [InlineData("GenuineIntel", 0x000606A6, true)] // Ice Lake, a server.
    [InlineData("GenuineIntel", 0x000806F8, true)] // Sapphire Rapids.
    [InlineData("", 0, true)]
    public void Wide_vectors_run_where_the_processor_computes_them_whole(string vendor, int signature, bool expected)
    {
        var (family, model) = VectorWidth.Signature(signature);
        Assert.Equal(expected, VectorWidth.Decide(null, isAccelerated: true, (vendor, family, model)));
        Assert.False(VectorWidth.Decide(null, isAccelerated: false, (vendor, family, model)));
        Assert.True(VectorWidth.Decide("512", isAccelerated: false, (vendor, family, model)));
        Assert.False(VectorWidth.Decide("256", isAccelerated: true, (vendor, family, model)));
    }

    [Theory]
    [InlineData(0x00A20F10, 25, 0x21)]
    [InlineData(0x00A10F11, 25, 0x11)]
    [InlineData(0x000806F8, 6, 0x8F)]
    [InlineData(0x00000543, 5, 4)]
    public void Family_and_model_are_as_their_makers_count_them(int signature, int family, int model) =>
        Assert.Equal((family, model), VectorWidth.Signature(signature));

    [Fact]
    public void Other_widths_are_refused()
    {
        var e = Assert.Throws<InvalidOperationException>(() => VectorWidth.Check("1024"));
        Assert.Equal("Expected a vector width of 256 or 512 in the environment variable STATICNET_VECTOR_WIDTH or the runtime setting StaticNet.VectorWidth; it is '1024'.", e.Message);
    }

    [Fact]
    public void Unless_somebody_decides_a_processor_without_wide_vectors_has_none() =>
        Assert.True(Vector512.IsHardwareAccelerated || !VectorWidth.Is512 || Environment.GetEnvironmentVariable(VectorWidth.Variable) == "512");
}
