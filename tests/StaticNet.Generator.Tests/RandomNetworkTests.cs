using StaticNet.Reference.Sampling;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>Random networks agree with the double-precision reference. Each width is a class of its own, so that they run side by side.</summary>
/// <param name="vectorBits">The width of vectors; 0: whatever the processor has.</param>
/// <param name="firstSeed">The first seed.</param>
/// <param name="output">Takes what is told of the networks.</param>
public abstract class RandomNetworkTests(int vectorBits, int firstSeed, ITestOutputHelper output)
{
    private const SpatialKinds Norms = SpatialKinds.LayerNorm | SpatialKinds.RMSNorm | SpatialKinds.GroupNorm | SpatialKinds.InstanceNorm | SpatialKinds.LocalResponseNorm;

    /// <summary>How many networks of each kind.</summary>
    protected abstract (int OverFeatures, int WithNorms, int OverPixels, int OverSequences) Counts { get; }

    [Fact]
    public void Networks_over_features_agree_with_the_reference() => Check(Counts.OverFeatures, RandomNetworks.Valid);

    [Fact]
    public void Networks_with_norms_agree_with_the_reference() =>
        Check(Counts.WithNorms, seed => RandomNetworks.Spatial(seed, Norms | SpatialKinds.Length | SpatialKinds.Branches | SpatialKinds.Dense));

    [Fact]
    public void Networks_over_pixels_agree_with_the_reference() => Check(Counts.OverPixels, seed => RandomNetworks.Spatial(seed));

    [Fact]
    public void Networks_over_sequences_agree_with_the_reference() => Check(Counts.OverSequences, RandomNetworks.Sequence);

    private void Check(int count, Func<int, RandomNetwork> sample) => RandomNetworkCheck.Check(vectorBits, firstSeed, count, sample, output);
}
