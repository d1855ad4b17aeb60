using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Tests;
using StaticNet.Importing;
using StaticNet.Serialization;

namespace StaticNet.Onnx.Tests.Compiling;

/// <summary>Imported networks, compiled with the generator and loaded.</summary>
internal static class CompiledModel
{
    private static readonly string OwnWidths = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";

    /// <summary>Compiles declarations into one assembly; an error or a warning fails.</summary>
    /// <returns>For each network, what computes its outputs from its inputs.</returns>
    public static IReadOnlyList<Func<float[], float[]>> Compile(params IReadOnlyList<ImportedNetwork> networks)
    {
        var sources = networks.Select(network => DeclarationWriter.Write(network.Declaration)).ToArray();
        var compilation = GeneratorHarness.Compile("Imported" + Guid.NewGuid().ToString("N"), sources);
        var run = GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Release)), OwnWidths);
        using var stream = new MemoryStream();
        var result = run.Compilation.Emit(stream);
        var faults = run.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Concat(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)).Take(5).ToArray();
        if (faults.Length > 0)
            throw new InvalidOperationException($"{string.Join('\n', faults.Select(fault => $"{fault} {fault.Location.SourceTree?.ToString().Split('\n').ElementAtOrDefault(fault.Location.GetLineSpan().StartLinePosition.Line)}"))}");
        stream.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
        return [.. networks.Select(network => Runner(assembly, network))];
    }

    private static Func<float[], float[]> Runner(Assembly assembly, ImportedNetwork network)
    {
        var name = network.Declaration.Namespace is { } space ? $"{space}.{network.Declaration.ClassName}" : network.Declaration.ClassName;
        var type = assembly.GetType(name, throwOnError: true)!;
        var run = typeof(CompiledModel).GetMethod(nameof(RunnerOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        return (Func<float[], float[]>)run.Invoke(null, [network.Weights])!;
    }

    private static Func<float[], float[]> RunnerOf<TNetwork>(StateDict weights)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        network.LoadStateDict(weights);
        return input =>
        {
            var output = new float[TNetwork.OutputLength];
            network.Forward(input, output);
            return output;
        };
    }
}
