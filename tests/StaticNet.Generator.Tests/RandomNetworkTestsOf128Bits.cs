using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks with vectors of 128 bits.</summary>
public sealed class RandomNetworkTestsOf128Bits(ITestOutputHelper output) : RandomNetworkTests(vectorBits: 128, firstSeed: 200, output)
{
    protected override (int OverFeatures, int WithNorms, int OverPixels, int OverSequences) Counts => (40, 25, 25, 20);
}
