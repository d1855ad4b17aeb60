using System.Reflection;
using System.Runtime.Loader;
using StaticNet.Generator.Tests;
using StaticNet.Importing;
using StaticNet.Onnx.Tests.Compiling;
using StaticNet.Onnx.Tests.Models;
using StaticNet.Onnx.Tests.Zoo;

namespace StaticNet.Onnx.Tests;

/// <summary>Golden vectors, and the class that checks a network with them.</summary>
public class VectorTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Golden_vectors_of_small_models_are_what_ONNX_Runtime_computes() => Assert.All(PassModels.All, entry =>
    {
        var import = OnnxImporter.Import(entry.Model.Bytes, "model.onnx", new OnnxImportOptions { Vectors = 2 });

        Assert.True(import.Network.Vectors is { Count: 2 }, $"{entry.Name}: {string.Join(' ', import.Notes)}");
        Assert.True(Error(import.Network, entry.Model.Bytes) <= Tolerance, entry.Name);
    });

    [ZooFact]
    public void Golden_vectors_of_real_models_are_what_ONNX_Runtime_computes() => Assert.All(Directory.GetFiles(ZooFactAttribute.Folder!, "*.onnx"), file =>
    {
        // Convolutions one number at a time: a second for the larger ones.
        if (new FileInfo(file).Length > 1_000_000)
            return;
        var import = OnnxImporter.Import(file, new OnnxImportOptions { Vectors = 1 });

        Assert.NotNull(import.Network.Vectors);
        Assert.True(Error(import.Network, File.ReadAllBytes(file)) <= Tolerance, file);
    });

    [Fact]
    public void Weights_of_another_class_are_not_replaced()
    {
        var folder = Directory.CreateTempSubdirectory("onnx");
        try
        {
            ImportedFiles.Write(OnnxImporter.Import(SmallModels.Convolutional, "first.onnx", new OnnxImportOptions()).Network, folder.FullName);
            var weights = Path.Combine(folder.FullName, ImportedFiles.Weights);
            var before = File.ReadAllBytes(weights);

            var e = Assert.Throws<IOException>(() => ImportedFiles.Write(OnnxImporter.Import(SmallModels.Recurrent, "second.onnx", new OnnxImportOptions()).Network, folder.FullName));
            Assert.Equal($"{folder.FullName} has a model.safetensors already, and no Second.cs: it belongs to another network. Choose a folder for each.", e.Message);
            Assert.Equal(before, File.ReadAllBytes(weights));
            Assert.False(File.Exists(Path.Combine(folder.FullName, "Second.cs")));

            // The same class again, with other weights.
            ImportedFiles.Write(OnnxImporter.Import(SmallModels.Recurrent, "first.onnx", new OnnxImportOptions()).Network, folder.FullName);
            Assert.NotEqual(before, File.ReadAllBytes(weights));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_check_that_is_written_passes_with_the_weights_and_fails_with_others()
    {
        var folder = Directory.CreateTempSubdirectory("onnx");
        try
        {
            var network = OnnxImporter.Import(SmallModels.Convolutional, "small.onnx", new OnnxImportOptions { Vectors = 3, Namespace = "Imported" }).Network;
            var files = ImportedFiles.Write(network, folder.FullName);
            Assert.Equal(["Small.cs", "model.safetensors", "vectors.safetensors", "SmallCheck.cs"], files.Select(Path.GetFileName));
            var check = Compiled(files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText));

            Assert.InRange(check(folder.FullName), 0, 1e-5f);

            var weights = Serialization.Safetensors.Load(files[1]);
            var changed = new Serialization.StateDict();
            foreach (var tensor in weights)
                changed.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Name.EndsWith("bias", StringComparison.Ordinal) ? [.. tensor.Values.ToArray().Select((value, index) => value + index)] : tensor.Values);
            Serialization.Safetensors.Save(files[1], changed);
            Assert.True(check(folder.FullName) > 1e-3f);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Func<string, float> Compiled(IEnumerable<string> sources)
    {
        var run = GeneratorHarness.Run(GeneratorHarness.Compile("Check", sources), "256");
        using var stream = new MemoryStream();
        var result = run.Compilation.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning));
        stream.Position = 0;
        var type = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetType("Imported.SmallCheck", throwOnError: true)!;
        return type.GetMethod("LargestError", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<string, float>>();
    }

    private static double Error(ImportedNetwork network, byte[] model)
    {
        using var reference = new OnnxReference(model);
        var vectors = network.Vectors!;
        var (inputs, start) = (reference.Draw(0), 0);
        foreach (var input in network.Inputs)
        {
            var length = input.Shape.Aggregate(1, (product, size) => product * size);
            inputs[input.Source] = vectors.Inputs[start..(start + length)];
            start += length;
        }

        float[] expected = [.. reference.Run(inputs, [.. network.Outputs.Select(output => output.Source)]).SelectMany(output => output)];
        var largest = expected.Max(MathF.Abs);
        var error = expected.Zip(vectors.Outputs).Max(pair => Math.Abs((double)pair.First - pair.Second));
        return error == 0 ? 0 : error / largest;
    }
}
