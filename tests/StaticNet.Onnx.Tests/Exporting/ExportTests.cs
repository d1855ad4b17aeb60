using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Networks;
using StaticNet.Onnx.Schema;
using StaticNet.Serialization;
using StaticNet.Tool;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>Networks as ONNX models.</summary>
[Collection(nameof(ExportedNetwork))]
public sealed class ExportTests : IDisposable
{
    private const int Samples = 2;
    private const float Tolerance = 2e-5f;

    private const string Sources = """
        namespace MyApp;

        [Network]
        [Input(1, 10, 10)]
        [Block(typeof(Stage))]
        [Flatten]
        [Dense(Sizes.Classes, Activation = Activation.Softmax)]
        public sealed partial class Digits;

        [Conv2D(4, Activation = Activation.ReLU)]
        [MaxPool2D(2)]
        public sealed class Stage;

        internal static class Sizes
        {
            public const int Classes = 3;
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    /// <summary>Networks that an import declares as they were declared here.</summary>
    public static TheoryData<string> RoundTrips =>
    [
        "[Input(5)] [Dense(4, Activation = Activation.Tanh)] [Dense(3, Bias = false, Activation = Activation.Softmax)]",
        "[Input(1, 28, 28)] [Conv2D(6, Kernel = 5, Padding = 2, Activation = Activation.ReLU)] [MaxPool2D(2)] [Conv2D(16, Kernel = 5, Stride = 2)] [AveragePool2D(2)] [Flatten] [Dense(10)]",
        "[Input(4, 9, 9)] [DepthwiseConv2D(Activation = Activation.HardSwish)] [Conv2D(8, Kernel = 1, Activation = Activation.GELU)] [GlobalAveragePool] [Dense(2, Activation = Activation.Sigmoid)]",
        "[Input(3, 8)] [LayerNorm(FirstAxis = -1)] [Dense(4, Activation = Activation.SiLU)] [RMSNorm(FirstAxis = -1)] [Flatten] [Dense(2)]",
        "[Input(2, 6, 6)] [ConvTranspose2D(3, Kernel = 2, Stride = 2)] [Upsampling2D(2)] [ZeroPadding2D(1)] [InstanceNorm(Affine = true)] [Clip(Min = 0f, Max = 1f)]",
        "[Input(2, 5, 4, Layout = Layout.ChannelsLast)] [Conv2D(3, Activation = Activation.Mish)]",
        "[Input(6)] [Dense(5, Activation = Activation.ELU, Name = \"dense1\")] [Dense(5)] [Add(\"dense1\", Name = \"add1\")] [Output(From = \"add1\", Name = \"sum\")] [Output(From = \"dense1\", Name = \"first\")]",
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ONNX_Runtime_computes_what_each_network_does() => Assert.All(ExportedNetwork.All.Written, network =>
    {
        var samples = network.Samples(Samples);

        Assert.InRange(ExportedNetwork.Error(network.Forward(samples, Samples), network.Run(samples, Samples)), 0, Tolerance);
    });

    [Fact]
    public void Every_network_can_be_written() => Assert.Empty(ExportedNetwork.All.Refused);

    [Fact]
    public void Every_layer_occurs_in_a_network_that_is_compared()
    {
        var used = ExportedNetwork.All.Written.SelectMany(network => LayersOf(network.Class)).ToHashSet();

        Assert.All(typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract), layer => Assert.Contains(layer, used));

        static IEnumerable<Type> LayersOf(Type declared) => declared.GetCustomAttributes(typeof(LayerAttribute), inherit: false)
            .SelectMany(layer => layer is BlockAttribute block ? LayersOf(block.Definition).Append(block.GetType()) : [layer.GetType()]);
    }

    [Fact]
    public void No_node_is_written_for_nothing() => Assert.All(ExportedNetwork.All.Written.Where(network => network.Description.Losses.IsEmpty), network =>
    {
        var graph = ModelProto.Parser.ParseFrom(network.Model).Graph;
        var used = graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);

        Assert.All(graph.Node, node => Assert.Contains(node.Output, used.Contains));
        Assert.All(graph.Initializer, constant => Assert.Contains(constant.Name, used));
    });

    [Fact]
    public void Sums_over_a_few_of_many_channels_take_few_bytes()
    {
        var network = NetworkReader.Read(Write("Wide.cs", "using StaticNet;\n[Network, Input(2000), LocalResponseNorm]\npublic sealed partial class Wide;"));

        Assert.InRange(OnnxExporter.Export(network, new StateDict()).Length, 1, 4096);
    }

    [OnnxCheckerFact]
    public void The_official_checker_accepts_every_model()
    {
        foreach (var (network, index) in ExportedNetwork.All.Written.Select((network, index) => (network, index)))
            File.WriteAllBytes(Path.Combine(_folder, $"{index}.onnx"), network.Model);

        var (code, text) = Python.Run("-c", "import sys, glob, onnx\nfor f in glob.glob(sys.argv[1] + '/*.onnx'): onnx.checker.check_model(onnx.load(f), full_check=True)", _folder);
        Assert.True(code == 0, text);
    }

    [Theory]
    [MemberData(nameof(RoundTrips))]
    public void The_import_of_an_export_is_the_same_class(string layers)
    {
        var network = NetworkReader.Read(Write("Small.cs", $"using StaticNet;\n\n[Network]\n{layers}\npublic sealed partial class Small;"));

        var import = OnnxImporter.Import(OnnxExporter.Export(network, Drawn(network)), "small.onnx");

        Assert.Equal(layers, string.Join(' ', import.Network.Declaration.Layers));
    }

    [Fact]
    public void A_running_network_is_saved_with_its_scaling()
    {
        var network = new Networks.ScaledRegression(5);
        network.SetScaling(new Data.Scaler([1, 2, 3, 4], [2, 3, 4, 5]), new Data.Scaler([0.5f], [3]));
        var path = Path.Combine(_folder, "scaled.onnx");

        OnnxExporter.Save(network, path);

        float[] sample = [1, -2, 3, 0.5f];
        var expected = new float[2];
        network.Forward(sample, expected);
        using var reference = new Compiling.OnnxReference(File.ReadAllBytes(path));
        Assert.InRange(ExportedNetwork.Error(expected, reference.Run(new Dictionary<string, float[]> { ["input"] = sample }, ["output"])[0]), 0, Tolerance);
    }

    [Fact]
    public void A_model_is_written_whole_or_not_at_all()
    {
        var network = NetworkReader.Read(Write("Small.cs", "using StaticNet;\n[Network, Input(3), Dense(2)]\npublic sealed partial class Small;"));
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "models")).FullName;
        var taken = Directory.CreateDirectory(Path.Combine(folder, "taken.onnx")).FullName;
        var path = Path.Combine(folder, "small.onnx");
        File.WriteAllText(path, "old");

        Assert.ThrowsAny<IOException>(() => OnnxExporter.Save(network, Drawn(network), taken));
        Assert.Throws<ExportException>(() => OnnxExporter.Save(network, new StateDict(), path));
        Assert.Equal("old", File.ReadAllText(path));

        OnnxExporter.Save(network, Drawn(network), path);
        Assert.Equal(OnnxExporter.Export(network, Drawn(network)), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void The_command_reads_files_projects_and_assemblies()
    {
        Write("Digits.cs", Sources.Replace("namespace", "using StaticNet;\nnamespace", StringComparison.Ordinal));
        Write("obj/Copy.cs", "class Copy");
        var network = NetworkReader.Read(_folder, "Digits");
        var (weights, model) = (Path.Combine(_folder, "weights.safetensors"), Path.Combine(_folder, "digits.onnx"));
        Safetensors.Save(weights, Drawn(network));

        Assert.Equal("MyApp.Digits", network.FullName);
        Assert.Equal(["stage.conv1.weight [4, 1, 3, 3]"], network.Parameters.Take(1).Select(parameter => $"{parameter.Name.Replace("block1", "stage", StringComparison.Ordinal)} [{string.Join(", ", parameter.Shape)}]"));
        foreach (var source in new[] { "Digits.cs", ".", "MyApp.csproj" })
        {
            Write("MyApp.csproj", "<Project />");
            File.Delete(model);
            Assert.Equal(ExitCode.Done, Run("export", Path.Combine(_folder, source), "--weights", weights, "-o", model));
            Assert.Equal(3, OnnxImporter.Import(model).Network.Outputs[0].Shape.Aggregate(1, (product, size) => product * size));
        }

        var twin = Path.Combine(_folder, "digits.py");
        Assert.Equal(ExitCode.Done, Run("export", Path.Combine(_folder, "Digits.cs"), "--pytorch", "-o", twin));
        Assert.Contains("class Digits(nn.Module):", File.ReadAllText(twin), StringComparison.Ordinal);

        var lenet = Path.Combine(_folder, "lenet.safetensors");
        Safetensors.Save(lenet, new LeNet5(1).ToStateDict());
        Assert.Equal(ExitCode.Done, Run("export", typeof(LeNet5).Assembly.Location, "--network", "LeNet5", "--weights", lenet, "-o", model));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var path = Write("Wrong.cs", "using StaticNet;\n[Network]\n[Input(3)]\n[Dense(0)]\npublic partial class Wrong;");
        var right = Write("Right.cs", "using StaticNet;\n[Network]\n[Input(3)]\n[Dense(2)]\npublic partial class Right;");

        Assert.Equal($"{path}(4): SN0003: Dense: units must be 1 or more, but is 0", Faults(() => NetworkReader.Read(path)).Single());
        Assert.Equal($"Expected the name of one of several networks in {_folder}. It has Right, Wrong.", Faults(() => NetworkReader.Read(_folder)).Single());
        Assert.Equal($"Expected a network Left in {right}. It has Right.", Faults(() => NetworkReader.Read(right, "Left")).Single());
        Assert.Throws<FileNotFoundException>(() => NetworkReader.Read(Path.Combine(_folder, "Missing.cs")));

        var weights = new StateDict();
        weights.Add("dense1.weight", [3, 2], new float[6]);
        Assert.Equal(
            ["Expected a tensor dense1.weight [2, 3] in the weights of Right, but it is [3, 2].", "Expected a tensor dense1.bias [2] in the weights of Right, but there is none."],
            Faults(() => OnnxExporter.Export(NetworkReader.Read(right), weights)));

        var file = Path.Combine(_folder, "weights.safetensors");
        Safetensors.Save(file, weights);
        Assert.Equal(ExitCode.Refused, Run("export", right, "--weights", file));
        Assert.Equal(ExitCode.File, Run("export", Path.Combine(_folder, "Missing.cs"), "--weights", file));
        Assert.Equal(1, Run("export", right));
        Assert.Equal(1, Run("export", right, "--pytorch", "--weights", file));
    }

    [Fact]
    public void Functions_that_recurrent_operators_lack_are_named()
    {
        var network = NetworkReader.Read(Write("Cells.cs", "using StaticNet;\n[Network]\n[Input(3, Steps = 4)]\n[GRU(2, Activation = Activation.HardTanh)]\n[LSTM(2, Activation = Activation.ReLU6)]\npublic partial class Cells;"));

        Assert.Equal(
            ["gru1: ONNX's recurrent operators have no hard tanh. Choose another activation for the layer.", "lstm1: ONNX's recurrent operators have no ReLU6. Choose another activation for the layer."],
            Faults(() => OnnxExporter.Export(network, Drawn(network))));
    }

    [Fact]
    public void A_projection_of_a_state_that_is_learned_is_named()
    {
        var network = NetworkReader.Read(Write("Cells.cs", "using StaticNet;\n[Network]\n[Input(3, Steps = 4)]\n[LSTM(4, Projection = 2, LearnedState = true)]\npublic partial class Cells;"));

        Assert.Equal(
            ["lstm1: ONNX's LSTM has no projection, and without it no hidden state that is learned. Leave out LearnedState or Projection."],
            Faults(() => OnnxExporter.Export(network, Drawn(network))));
    }

    private static IReadOnlyList<string> Faults(Action action) => Assert.Throws<ExportException>(action).Problems;

    private static StateDict Drawn(DeclaredNetwork network)
    {
        var (random, weights) = (new Random(2), new StateDict());
        foreach (var parameter in network.Parameters)
            weights.Add(parameter.Name, parameter.Shape.AsSpan(), [.. Enumerable.Range(0, parameter.Shape.Aggregate(1, (product, size) => product * size)).Select(_ => (float)random.NextDouble() + 0.1f)]);
        return weights;
    }

    private static int Run(params string[] arguments) => ToolCommand.Create(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) })).Parse(arguments).Invoke();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
