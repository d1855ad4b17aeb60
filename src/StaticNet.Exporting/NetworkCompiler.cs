using System.Collections.Immutable;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Emit;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Exporting;

/// <summary>
/// Compiles networks within this program: from their declarations the generator writes the code that it writes in a build, of inference alone
/// and for the vectors of this machine, and the compiler makes an assembly of it.
/// </summary>
public static class NetworkCompiler
{
    /// <summary>Compiles a network.</summary>
    /// <param name="network">The declaration.</param>
    /// <returns>The network with random parameters, which <see cref="CompiledNetwork.Load(Serialization.StateDict)"/> replaces.</returns>
    /// <exception cref="ExportException">Its code would be longer than the generator writes, or does not compile.</exception>
    public static CompiledNetwork Compile(DeclaredNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var spec = network.Spec with
        {
            Target = new TargetType("", default, network.Name, "", network.Name),
            Losses = default,
            BatchSize = null,
            KeepsValues = false,
            GivesInputGradients = false,
            TimeSteps = 0,
            IsTwin = false,
            Weights = null,
            VectorWidths = Vector512.IsHardwareAccelerated ? VectorWidths.Bits512 : Vector256.IsHardwareAccelerated ? VectorWidths.Bits256 : VectorWidths.Bits128,
            Graph = new(network.Graph.WithoutLosses()),
        };
        var emission = Emission.Of(spec, NetworkEmitter.Emit);
        if (emission.Fault is { } fault)
            throw new ExportException($"{fault.Rule}: {fault.At(Location.None).GetMessage()}");

        var compilation = CSharpCompilation.Create(
            $"{network.Name}.{Guid.NewGuid():N}",
            emission.Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.HintName)),
            NetworkReader.OwnReferences,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var assembly = new MemoryStream();
        var faults = compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()).ToArray();
        if (faults.Length > 0)
            throw new ExportException([$"The generated code of {network.FullName} does not compile:", .. faults]);
        assembly.Position = 0;
        return CompiledNetwork.Of(new AssemblyLoadContext(network.Name).LoadFromStream(assembly), network.Name);
    }

    /// <summary>
    /// The network with the values of all layers as its outputs, without constants. Layers over sequences may have values for different numbers
    /// of steps: there is a network for each number, that of the most steps first.
    /// </summary>
    /// <param name="network">The declaration.</param>
    /// <returns>The networks, each with the names of the layers in the order of its outputs.</returns>
    public static ImmutableArray<(DeclaredNetwork Network, ImmutableArray<string> Layers)> OfLayers(DeclaredNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return
        [
            .. network.Layers.GroupBy(item => item.Layer.Steps).OrderByDescending(group => group.Key).Select(group => (
                new DeclaredNetwork(network.Spec, network.Graph.WithOutputs(group.Select(item => ($"valueOfLayer{item.Node}", item.Node))), network.ClassName),
                group.Select(item => item.Layer.Name).ToImmutableArray())),
        ];
    }
}
