using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks with vectors of 512 bits.</summary>
public sealed class RandomNetworkTestsOf512Bits(ITestOutputHelper output) : RandomNetworkTests(vectorBits: 512, firstSeed: 400, output)
{
    protected override (int OverFeatures, int WithNorms, int OverPixels, int OverSequences) Counts => (40, 25, 40, 40);
}
