using System.Runtime.Intrinsics;
using StaticNet.Reference.Comparison;
using StaticNet.Reference.Sampling;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Random networks, many to an assembly, against the double-precision reference: outputs, losses, gradients, padding, phases;
/// and their methods against the JIT compiler's limits.
/// </summary>
public class RandomNetworkTests(ITestOutputHelper output)
{
    /// <summary>How many networks run where the processor lacks the vectors, so that each operation is a call.</summary>
    private const int SoftwareCount = 15;

    [Theory]
    [InlineData(0, 0, 80)]
    [InlineData(128, 200, 40)]
    [InlineData(256, 3000, 50)]
    [InlineData(512, 400, 40)]
    public void Agree_with_the_reference(int vectorBits, int firstSeed, int count) => Check(vectorBits, firstSeed, count, RandomNetworks.Valid);

    [Theory]
    [InlineData(0, 0, 50)]
    [InlineData(128, 200, 25)]
    [InlineData(256, 3000, 40)]
    [InlineData(512, 400, 40)]
    public void With_pixels_agree_with_the_reference(int vectorBits, int firstSeed, int count) =>
        Check(vectorBits, firstSeed, count, seed => RandomNetworks.Spatial(seed));

    [Theory]
    [InlineData(0, 0, 40)]
    [InlineData(128, 200, 25)]
    [InlineData(256, 3000, 25)]
    [InlineData(512, 400, 25)]
    public void With_norms_agree_with_the_reference(int vectorBits, int firstSeed, int count) =>
        Check(vectorBits, firstSeed, count, seed => RandomNetworks.Spatial(seed, Norms | SpatialKinds.Length | SpatialKinds.Branches | SpatialKinds.Dense));

    private const SpatialKinds Norms = SpatialKinds.LayerNorm | SpatialKinds.RMSNorm | SpatialKinds.GroupNorm | SpatialKinds.InstanceNorm | SpatialKinds.LocalResponseNorm;

    private void Check(int vectorBits, int firstSeed, int count, Func<int, RandomNetwork> draw)
    {
        if (vectorBits == 512 && !Vector512.IsHardwareAccelerated)
            count = SoftwareCount;
        var drawn = Enumerable.Range(firstSeed, count).Select(draw).ToDictionary(network => network.Name);
        var assembly = CompiledNetworks.Compile(drawn.Values.Select(network => network.Source), vectorBits);
        MethodSizeTests.Check(assembly, output);
        var types = CompiledNetworks.Load(assembly);
        var reports = types.Select(type => (Report: NetworkComparison.Compare(type, seed: 1), drawn[type.Name].Source)).ToArray();

        Assert.Equal(count, reports.Length);
        output.WriteLine(reports.MaxBy(pair => pair.Report.Worst is { } worst ? worst.Error / worst.Tolerance : 0).Report.ToString());
        var failures = reports.Where(pair => !pair.Report.Passed).Select(pair => $"{pair.Source}\n{pair.Report}\n").ToArray();
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }
}
