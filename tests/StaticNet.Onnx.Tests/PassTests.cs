using StaticNet.Onnx.Tests.Compiling;
using StaticNet.Onnx.Tests.Models;

namespace StaticNet.Onnx.Tests;

/// <summary>What becomes of nodes, and that it computes the same.</summary>
public class PassTests
{
    public static TheoryData<string> WithLayers => [.. PassModels.All.Where(model => model.Layers.Length > 0).Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(WithLayers))]
    public void Nodes_become_the_layers_that_a_person_would_write(string name)
    {
        var (_, model, layers) = PassModels.All.Single(entry => entry.Name == name);

        var declaration = OnnxImporter.Import(model.Bytes, "model.onnx").Network.Declaration;

        Assert.Equal(layers, declaration.Layers.Select(layer => layer.ToString()));
    }

    [Fact]
    public void Every_small_model_computes_what_ONNX_Runtime_does()
    {
        var networks = PassModels.All.Select((entry, index) => OnnxImporter.Import(entry.Model.Bytes, "model.onnx", new OnnxImportOptions { ClassName = $"Model{index}", DirectConvolutions = true }).Network).ToArray();
        var runs = CompiledModel.Compile(networks);

        Assert.All(PassModels.All.Select((entry, index) => (entry, index)), item =>
        {
            var network = networks[item.index];
            using var reference = new OnnxReference(item.entry.Model.Bytes);
            var inputs = reference.Draw(1);
            float[] expected = [.. reference.Run(inputs, [.. network.Outputs.Select(output => output.Source)]).SelectMany(output => output)];
            var actual = runs[item.index](OnnxReference.Sample(network, inputs));
            var largest = expected.Max(MathF.Abs);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.True(MathF.Abs(pair.First - pair.Second) <= 2e-6f * largest, $"{item.entry.Name}: {pair}"));
        });
    }
}
