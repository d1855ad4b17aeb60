using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Importing;
using StaticNet.Networks;
using StaticNet.Onnx.Tests.Exporting;
using StaticNet.Onnx.Tests.Models;
using StaticNet.Serialization;
using StaticNet.Tool;
using StaticNet.Tool.Verifying;

namespace StaticNet.Onnx.Tests.Tool;

/// <summary><c>staticnet verify</c>.</summary>
public sealed class VerifyTests : IDisposable
{
    private const string Declaration = """
        using StaticNet;

        [Network]
        [Input(2, 8, 8, Layout = Layout.ChannelsLast)]
        [Block(typeof(Stage))]
        [Flatten]
        [Dense(5, Name = "features", Activation = Activation.Tanh)]
        [Dropout(0.5)]
        [Dense(3, Name = "scores")]
        [Output(From = "scores")]
        [Output(From = "features")]
        public sealed partial class Small;

        [Conv2D(4, Activation = Activation.ReLU)]
        [BatchNorm]
        [MaxPool2D(2)]
        public sealed class Stage;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Outputs_and_layers_of_sources_are_compared_with_the_export()
    {
        var (source, weights) = Write(Declaration);

        var run = CommandRun.Of("verify", source, "--weights", weights);

        Assert.True(run.Code == ExitCode.Done, run.Text);
        Assert.Contains("equal within 0.0001", run.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["block1.conv1", "block1.batchNorm1", "block1.maxPool1", "flatten1", "features", "dropout1", "scores"],
            run.Text[run.Text.LastIndexOf("layer", StringComparison.Ordinal)..].Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(word => word is "flatten1" or "features" or "dropout1" or "scores" || word.StartsWith("block1.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Layers_of_steps_and_of_whole_sequences_are_compared()
    {
        var (source, weights) = Write("using StaticNet;\n[Network, Input(3, Steps = 4), GRU(5), LSTM(4), LastStep, Dense(2)]\npublic sealed partial class Sequences;");

        var run = CommandRun.Of("verify", source, "--weights", weights, "--samples", "2", "--seed", "3");

        Assert.True(run.Code == ExitCode.Done, run.Text);
        Assert.All(["gru1", "lstm1", "lastStep1", "dense1"], layer => Assert.Contains(layer, run.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_built_assembly_is_compared_with_a_model()
    {
        var (weights, model) = (Path.Combine(_folder, "lenet.safetensors"), Path.Combine(_folder, "lenet.onnx"));
        var network = new LeNet5(1);
        network.SaveSafetensors(weights);
        OnnxExporter.Save(network, model);
        string[] arguments = ["verify", typeof(LeNet5).Assembly.Location, "--network", "LeNet5", "--onnx", model, "--weights"];

        Assert.Equal(ExitCode.Done, CommandRun.Of([.. arguments, weights]).Code);

        // Weights of another training.
        new LeNet5(2).SaveSafetensors(weights);
        var run = CommandRun.Of([.. arguments, weights]);
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.Contains("where at most 0.0001 is expected", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nested_class_of_an_assembly_is_found()
    {
        var weights = Path.Combine(_folder, "within.safetensors");
        new Around.Within(1).SaveSafetensors(weights);

        var run = CommandRun.Of("verify", typeof(Around).Assembly.Location, "--network", "Within", "--weights", weights);

        Assert.True(run.Code == ExitCode.Done, run.Text);
    }

    [Fact]
    public void Outputs_of_another_length_are_no_outputs_of_the_network()
    {
        // All numbers of the input that are not 0: how many is open until the model runs.
        var (source, weights) = Write("using StaticNet;\n[Network, Input(4), Dense(1)]\npublic sealed partial class Open;");
        var model = Path.Combine(_folder, "open.onnx");
        File.WriteAllBytes(model, new ModelBuilder().Input("input", 1, 4).Output("output").Constant("flat", new long[] { -1 }, 1)
            .Node("Cast", "input", "is", ("to", 9L)).Node("Reshape", ["is", "flat"], ["condition"]).Node("Compress", ["input", "condition"], ["output"]).Bytes);

        var run = CommandRun.Of("verify", source, "--weights", weights, "--onnx", model);

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("Expected 1 floats in the output output, as many as output has, but the model gave 4.", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_is_compared_with_its_vectors_and_its_model()
    {
        var (source, weights) = Write("using StaticNet;\n[Network, Input(4), Dense(6, Activation = Activation.GELU), Dense(2)]\npublic sealed partial class Policy;");
        var model = Path.Combine(_folder, "policy.onnx");
        OnnxExporter.Save(NetworkReader.Read(source), Safetensors.Load(weights), model);
        var folder = Path.Combine(_folder, "imported");
        Assert.Equal(ExitCode.Done, CommandRun.Of("import", model, "-o", folder).Code);
        string[] arguments = ["verify", folder, "--weights", Path.Combine(folder, ImportedFiles.Weights), "--vectors", Path.Combine(folder, ImportedFiles.Vectors), "--onnx", model];

        var run = CommandRun.Of(arguments);

        Assert.True(run.Code == ExitCode.Done, run.Text);
        Assert.Contains("against golden vectors:", run.Text, StringComparison.Ordinal);
        Assert.Contains("against policy.onnx in ONNX Runtime:", run.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Different, CommandRun.Of([.. arguments, "--tolerance", "0"]).Code);
    }

    [Fact]
    public void Outputs_of_a_model_are_chosen_and_inputs_are_fixed()
    {
        var model = Path.Combine(_folder, "policy.onnx");
        File.WriteAllBytes(model, new ModelBuilder().Input("observation", 1, 3).Input("mask", 1, 2).Output("action", "masked").Weights("w", 3, 2).Weights("b", 2)
            .Node("Gemm", ["observation", "w", "b"], ["action"]).Node("Mul", ["action", "mask"], ["masked"]).Bytes);
        var folder = Path.Combine(_folder, "imported");
        Assert.Equal(ExitCode.Done, CommandRun.Of("import", model, "-o", folder, "--output", "action").Code);
        string[] arguments = ["verify", folder, "--weights", Path.Combine(folder, ImportedFiles.Weights), "--onnx", model];

        var chosen = CommandRun.Of([.. arguments, "--output", "action", "--input", "mask=0", "--layers"]);
        var whole = CommandRun.Of(arguments);

        Assert.True(chosen.Code == ExitCode.Done, chosen.Text);
        Assert.Contains("Dense 2", chosen.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, whole.Code);
        Assert.Contains("It has observation, mask: choose with --input.", whole.Text, StringComparison.Ordinal);
        Assert.Contains("It has action, masked: choose with --output.", CommandRun.Of([.. arguments, "--input", "mask=1"]).Text, StringComparison.Ordinal);
        Assert.Contains("but got masks. It has observation, mask.", CommandRun.Of([.. arguments, "--input", "masks=1"]).Text, StringComparison.Ordinal);
        Assert.Equal(1, CommandRun.Of([.. arguments[..^2], "--output", "action"]).Code);
    }

    [Fact]
    public void Layers_of_a_declared_network_are_shown()
    {
        var (source, _) = Write(Declaration);

        var run = CommandRun.Of("inspect", source);

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("block1.conv1", run.Text, StringComparison.Ordinal);
        Assert.Contains("total", run.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, CommandRun.Of("inspect", source, "--network", "Large").Code);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        var (source, weights) = Write("using StaticNet;\n[Network, Input(4), Dense(2)]\npublic sealed partial class Right;");
        var model = Path.Combine(_folder, "other.onnx");
        OnnxExporter.Save(new LeNet5(1), model);
        var vectors = Path.Combine(_folder, "vectors.safetensors");
        var state = new StateDict();
        state.Add("inputs", [2, 3], new float[6]);
        Safetensors.Save(vectors, state);
        var damaged = Path.Combine(_folder, "damaged.onnx");
        File.WriteAllText(damaged, "damaged");

        AssertRefused("Expected 4 floats in the input input of other.onnx, but it has the shape [-1, 1, 28, 28].", "--onnx", model);
        AssertRefused("Expected 4 numbers per sample in inputs of the golden vectors, but its shape is [2, 3].", "--vectors", vectors);
        AssertRefused("ONNX Runtime does not load damaged.onnx: ", "--onnx", damaged);
        Assert.Equal(ExitCode.File, CommandRun.Of("verify", source, "--weights", weights, "--onnx", Path.Combine(_folder, "missing.onnx")).Code);
        Assert.Equal(1, CommandRun.Of("verify", source).Code);
        Assert.Equal(1, CommandRun.Of("verify", source, "--weights", weights, "--samples", "0").Code);

        var others = CommandRun.Of("verify", source, "--weights", vectors);
        Assert.Equal(ExitCode.Refused, others.Code);
        Assert.Contains("dense1.weight", others.Text, StringComparison.Ordinal);

        void AssertRefused(string expected, params string[] options)
        {
            var run = CommandRun.Of(["verify", source, "--weights", weights, .. options]);
            Assert.Equal(ExitCode.Refused, run.Code);
            Assert.Contains(expected, run.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(new[] { 2f, -4 }, new[] { 2f, -4 }, 0)]
    [InlineData(new[] { 2f, -4 }, new[] { 2.5f, -4 }, 0.125f)]
    [InlineData(new[] { 0f }, new[] { 1e-9f }, float.PositiveInfinity)]
    [InlineData(new[] { 1f, float.NaN }, new[] { 1f, float.NaN }, 0)]
    [InlineData(new[] { 1f, float.NaN }, new[] { 1f, 5 }, float.PositiveInfinity)]
    [InlineData(new[] { 1f, 2 }, new[] { 1f, float.NaN }, float.PositiveInfinity)]
    [InlineData(new[] { 1f, float.PositiveInfinity }, new[] { 1f, float.PositiveInfinity }, 0)]
    public void The_error_is_a_share_of_the_largest_number(float[] expected, float[] actual, float error)
    {
        var comparison = new Comparison("output", "2");

        comparison.Add(expected, actual);

        Assert.Equal(error, comparison.Error);
    }

    private (string Source, string Weights) Write(string declaration)
    {
        var source = Path.Combine(_folder, "Declared.cs");
        File.WriteAllText(source, declaration);
        var (random, weights) = (new Random(2), new StateDict());
        foreach (var parameter in NetworkReader.Read(source).Parameters)
            weights.Add(parameter.Name, parameter.Shape.AsSpan(), [.. Enumerable.Range(0, parameter.Shape.Aggregate(1, (product, size) => product * size)).Select(_ => random.NextSingle() - 0.3f).Select(value => parameter.Name.EndsWith("var", StringComparison.Ordinal) ? value + 1 : value)]);
        var path = Path.Combine(_folder, "weights.safetensors");
        Safetensors.Save(path, weights);
        return (source, path);
    }
}
