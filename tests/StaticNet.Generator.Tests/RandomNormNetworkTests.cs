using StaticNet.Reference.Sampling;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks with norms agree with the double-precision reference.</summary>
public class RandomNormNetworkTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 0, 40)]
    [InlineData(128, 200, 25)]
    [InlineData(256, 3000, 25)]
    [InlineData(512, 400, 25)]
    public void Agree_with_the_reference(int vectorBits, int firstSeed, int count) =>
        RandomNetworkCheck.Check(vectorBits, firstSeed, count, seed => RandomNetworks.Spatial(seed, Norms | SpatialKinds.Length | SpatialKinds.Branches | SpatialKinds.Dense), output);

    private const SpatialKinds Norms = SpatialKinds.LayerNorm | SpatialKinds.RMSNorm | SpatialKinds.GroupNorm | SpatialKinds.InstanceNorm | SpatialKinds.LocalResponseNorm;
}
