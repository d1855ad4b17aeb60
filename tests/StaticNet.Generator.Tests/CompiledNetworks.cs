using System.Globalization;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StaticNet.Reference;
using StaticNet.Reference.Sampling;

namespace StaticNet.Generator.Tests;

/// <summary>Networks in one optimised assembly, as a user's release build holds them.</summary>
internal static class CompiledNetworks
{
    // Random networks use blocks that are there.
    private static readonly MetadataReference BlocksReference = MetadataReference.CreateFromFile(typeof(Blocks).Assembly.Location);

    /// <summary>The widths of vectors that this machine runs.</summary>
    private static readonly string OwnWidths = Vector512.IsHardwareAccelerated ? "256;512" : Vector256.IsHardwareAccelerated ? "256" : "128";

    /// <summary>The widths to compile for: 0, those that this machine runs, and each single width that is not the same.</summary>
    public static TheoryData<int> Widths => [.. new[] { 0, 128, 256, 512 }.Where(bits => bits.ToString(CultureInfo.InvariantCulture) != OwnWidths)];

    /// <summary>Compiles sources to the bytes of an assembly; an error or a warning fails the test.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="vectorBits">The only width of vectors; 0: those that this machine runs, among which the program chooses.</param>
    public static byte[] Compile(IEnumerable<string> sources, int vectorBits = 0)
    {
        var compilation = GeneratorHarness.Compile("Compiled" + Guid.NewGuid().ToString("N"), sources, BlocksReference);
        var run = GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release)), vectorBits == 0 ? OwnWidths : vectorBits.ToString(CultureInfo.InvariantCulture));
        using var stream = new MemoryStream();
        var result = run.Compilation.Emit(stream);

        // Random networks may well mean the last axis.
        Assert.Empty(run.Diagnostics.Where(diagnostic => diagnostic.Id is not ("SN0027" or "SN0035")));
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return stream.ToArray();
    }

    /// <summary>The classes of an assembly that are networks.</summary>
    public static IReadOnlyList<Type> Load(byte[] assembly)
    {
        using var stream = new MemoryStream(assembly);
        var types = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetTypes();
        return [.. types.Where(type => type.GetInterfaces().Any(face => face.Name == "INetwork`1"))];
    }
}
