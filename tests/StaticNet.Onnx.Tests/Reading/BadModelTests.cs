using Google.Protobuf;
using StaticNet.Importing;
using StaticNet.Onnx.Schema;
using StaticNet.Onnx.Tests.Models;

namespace StaticNet.Onnx.Tests.Reading;

/// <summary>Files that are not models, and models that ask for what must not be.</summary>
public class BadModelTests
{
    [Fact]
    public void An_empty_file_is_refused() => Assert.Contains("it is empty", Refusal([]), StringComparison.Ordinal);

    [Fact]
    public void A_text_is_refused() => Assert.Contains("it is not an ONNX model", Refusal("# A text, not a model"u8.ToArray()), StringComparison.Ordinal);

    [Fact]
    public void A_cut_file_is_refused() => Assert.Contains("it is not an ONNX model", Refusal(SmallModels.Convolutional[..^9]), StringComparison.Ordinal);

    [Fact]
    public void Millions_of_empty_messages_are_refused_before_they_become_objects()
    {
        var node = new byte[2_000_000];
        for (var index = 0; index < node.Length; index += 2)
            node[index] = 0x0A;
        byte[] model = [0x3A, .. Varint(node.Length), .. node];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("empty messages", Refusal(model), StringComparison.Ordinal);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10 * model.Length);
    }

    [Fact]
    public void Graphs_within_graphs_without_end_are_refused()
    {
        byte[] graph = [];
        for (var depth = 0; depth < 500; depth++)
        {
            // A graph with a node with an attribute with a graph.
            byte[] attribute = [0x32, .. Varint(graph.Length), .. graph];
            byte[] node = [0x2A, .. Varint(attribute.Length), .. attribute];
            graph = [0x0A, .. Varint(node.Length), .. node];
        }

        Assert.Contains("it is not an ONNX model", Refusal([0x3A, .. Varint(graph.Length), .. graph]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_model_is_refused_with_its_version() =>
        Assert.Contains("operators of version 3", Refusal(new ModelBuilder(3).Input("x", 1, 2).Node("Relu", "x", "y").Output("y").Bytes), StringComparison.Ordinal);

    [Fact]
    public void A_constant_that_would_fill_the_memory_is_refused()
    {
        var model = new ModelBuilder().Input("x", 1, 2).Output("y").Constant("shape", [40_000L, 40_000L], 2).Node("ConstantOfShape", "shape", "c").Node("Add", ["x", "c"], ["y"]);

        Assert.Contains("constant parts are much larger than the file", Refusal(model.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("inner/../../outside.bin")]
    public void External_data_outside_of_the_models_folder_is_refused(string location)
    {
        var folder = Directory.CreateTempSubdirectory("onnx");
        try
        {
            var inner = folder.CreateSubdirectory("model");
            File.WriteAllBytes(Path.Combine(folder.FullName, "outside.bin"), new byte[16]);
            File.WriteAllBytes(Path.Combine(inner.FullName, "model.onnx"), WithExternalData(location, null));

            var problem = Assert.Single(Assert.Throws<ImportException>(() => OnnxImporter.Import(Path.Combine(inner.FullName, "model.onnx"))).Problems);

            Assert.Contains("not in the folder of the model", problem.Why, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void External_data_next_to_the_model_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("onnx");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "weights.bin"), [0, 0, 0, 0, .. new[] { 1f, 2f, 3f, 4f }.SelectMany(BitConverter.GetBytes)]);
            File.WriteAllBytes(Path.Combine(folder.FullName, "model.onnx"), WithExternalData("weights.bin", "4"));

            var network = OnnxImporter.Import(Path.Combine(folder.FullName, "model.onnx")).Network;

            // [inputs, outputs] becomes [outputs, inputs].
            Assert.Equal([1, 3, 2, 4], network.Weights["dense1.weight"].Values.ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var model = new ModelBuilder().Input("x", 1, 4).Output("a", "b").Node("Det", "x", "a").Node("NonZero", "x", "n").Node("Relu", "n", "b");

        var problems = Assert.Throws<ImportException>(() => OnnxImporter.Import(model.Bytes, "model.onnx")).Problems;

        Assert.Equal(["the node 'Det_a'", "the node 'NonZero_n'"], problems.Select(problem => problem.Where));
        Assert.All(problems, problem => Assert.Contains("of [1, 4]", problem.What, StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_that_the_model_does_not_have_is_named_with_those_that_it_has()
    {
        var model = new ModelBuilder().Input("x", 1, 4).Output("y").Node("Relu", "x", "y");

        var problem = Assert.Single(Assert.Throws<ImportException>(() => OnnxImporter.Import(model.Bytes, "m.onnx", new OnnxImportOptions { Outputs = ["z"] })).Problems);

        Assert.Equal(("the output 'z'", "Its outputs are y"), (problem.What, problem.Remedy));
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<ImportException>(() => OnnxImporter.Import(bytes, "model.onnx")).Message;

    private static byte[] WithExternalData(string location, string? offset)
    {
        var model = new ModelBuilder().Input("x", 1, 2).Output("y").Node("MatMul", ["x", "w"], ["y"]);
        var tensor = new TensorProto { Name = "w", DataType = 1, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.Dims.AddRange([2, 2]);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        if (offset is not null)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
        model.Model.Graph.Initializer.Add(tensor);
        return model.Model.ToByteArray();
    }

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
