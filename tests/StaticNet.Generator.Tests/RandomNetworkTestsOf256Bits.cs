using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks with vectors of 256 bits.</summary>
public sealed class RandomNetworkTestsOf256Bits(ITestOutputHelper output) : RandomNetworkTests(vectorBits: 256, firstSeed: 3000, output)
{
    protected override (int OverFeatures, int WithNorms, int OverPixels, int OverSequences) Counts => (50, 25, 40, 40);
}
