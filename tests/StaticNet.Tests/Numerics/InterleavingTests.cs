using System.Runtime.Intrinsics;
using StaticNet.Numerics;

namespace StaticNet.Tests.Numerics;

public class InterleavingTests
{
    private static readonly float[] Pixels = Enumerable.Range(0, 32).Select(index => (float)index).ToArray();

    [Fact]
    public void Neighbours_of_128_bits_are_taken_apart_and_put_together()
    {
        var (a, b) = (Vector128.Create(Pixels, 0), Vector128.Create(Pixels, 4));
        var (even, odd) = (Interleaving.Even(a, b), Interleaving.Odd(a, b));

        Assert.Equal(Vector128.Create(0f, 2, 4, 6), even);
        Assert.Equal(Vector128.Create(1f, 3, 5, 7), odd);
        Assert.Equal(a, Interleaving.Low(even, odd));
        Assert.Equal(b, Interleaving.High(even, odd));
    }

    [Fact]
    public void Neighbours_of_256_bits_are_taken_apart_and_put_together()
    {
        var (a, b) = (Vector256.Create(Pixels, 0), Vector256.Create(Pixels, 8));
        var (even, odd) = (Interleaving.Even(a, b), Interleaving.Odd(a, b));

        Assert.Equal(Vector256.Create(0f, 2, 4, 6, 8, 10, 12, 14), even);
        Assert.Equal(even + Vector256<float>.One, odd);
        Assert.Equal(a, Interleaving.Low(even, odd));
        Assert.Equal(b, Interleaving.High(even, odd));
    }

    [Fact]
    public void Neighbours_of_512_bits_are_taken_apart_and_put_together()
    {
        var (a, b) = (Vector512.Create(Pixels, 0), Vector512.Create(Pixels, 16));
        var (even, odd) = (Interleaving.Even(a, b), Interleaving.Odd(a, b));

        Assert.Equal(Vector512<float>.Indices * 2, even);
        Assert.Equal(even + Vector512<float>.One, odd);
        Assert.Equal(a, Interleaving.Low(even, odd));
        Assert.Equal(b, Interleaving.High(even, odd));
    }
}
