using StaticNet.Reference.Sampling;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks of layers over features agree with the double-precision reference.</summary>
public class RandomNetworkTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 0, 80)]
    [InlineData(128, 200, 40)]
    [InlineData(256, 3000, 50)]
    [InlineData(512, 400, 40)]
    public void Agree_with_the_reference(int vectorBits, int firstSeed, int count) =>
        RandomNetworkCheck.Check(vectorBits, firstSeed, count, RandomNetworks.Valid, output);
}
