using StaticNet.Reference.Sampling;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks over pixels agree with the double-precision reference.</summary>
public class RandomSpatialNetworkTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 0, 50)]
    [InlineData(128, 200, 25)]
    [InlineData(256, 3000, 40)]
    [InlineData(512, 400, 40)]
    public void Agree_with_the_reference(int vectorBits, int firstSeed, int count) =>
        RandomNetworkCheck.Check(vectorBits, firstSeed, count, seed => RandomNetworks.Spatial(seed), output);
}
