using System.Runtime.CompilerServices;
using StaticNet.Numerics;

namespace StaticNet.Tests;

public class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(4096)]
    public unsafe void Starts_on_a_cache_line_and_is_zero(int length)
    {
        var buffer = new AlignedBuffer(length);

        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref buffer.Reference) % AlignedBuffer.Alignment);
        Assert.Equal(length, buffer.Span.Length);
        Assert.True(buffer.Span.IndexOfAnyExcept(0f) < 0);
    }

    [Fact]
    public void A_negative_length_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer(-1));
    }
}
