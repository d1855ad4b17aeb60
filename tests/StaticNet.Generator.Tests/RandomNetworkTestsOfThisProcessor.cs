using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks with the vectors of this processor.</summary>
public sealed class RandomNetworkTestsOfThisProcessor(ITestOutputHelper output) : RandomNetworkTests(vectorBits: 0, firstSeed: 0, output)
{
    protected override (int OverFeatures, int WithNorms, int OverPixels, int OverSequences) Counts => (80, 40, 50, 60);
}
