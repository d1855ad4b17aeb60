using System.Runtime.Intrinsics;
using StaticNet.Reference.Comparison;
using StaticNet.Reference.Sampling;
using Xunit.Abstractions;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Random networks, many to an assembly, against the double-precision reference: outputs, losses, gradients, padding, phases;
/// and their methods against the JIT compiler's limits.
/// </summary>
internal static class RandomNetworkCheck
{
    /// <summary>How many networks run where the processor lacks the vectors, so that each operation is a call.</summary>
    private const int SoftwareCount = 15;

    /// <summary>Compiles and compares networks of seeds that follow each other.</summary>
    public static void Check(int vectorBits, int firstSeed, int count, Func<int, RandomNetwork> draw, ITestOutputHelper output)
    {
        if (vectorBits == 512 && !Vector512.IsHardwareAccelerated)
            count = SoftwareCount;
        var drawn = Enumerable.Range(firstSeed, count).Select(draw).ToDictionary(network => network.Name);
        var assembly = CompiledNetworks.Compile(drawn.Values.Select(network => network.Source), vectorBits);
        MethodSizeTests.Check(assembly, output);
        var types = CompiledNetworks.Load(assembly);
        // The JIT compiler has most of the work, and one thread of it at a time would leave the other cores idle.
        var reports = types.AsParallel().AsOrdered().Select(type => (Report: NetworkComparison.Compare(type, seed: 1), drawn[type.Name].Source)).ToArray();

        Assert.Equal(count, reports.Length);
        output.WriteLine(reports.MaxBy(pair => pair.Report.Worst is { } worst ? worst.Error / worst.Tolerance : 0).Report.ToString());
        var failures = reports.Where(pair => !pair.Report.Passed).Select(pair => $"{pair.Source}\n{pair.Report}\n").ToArray();
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }
}
