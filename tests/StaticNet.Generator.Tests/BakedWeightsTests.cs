using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Generator.Tests;

/// <summary>Weights in the layout of the kernels: as data of the code, and as a file that is embedded.</summary>
public sealed class BakedWeightsTests : IDisposable
{
    /// <summary>Each way in which parameters are stored: panels with channels, groups and missing connections, transposed ones, gates, rows.</summary>
    private const string Network = """
        using StaticNet;
        [Network]
        [Input(4, 6, 6, Name = "image")]
        [Conv2D(8, Kernel = 3, Padding = 1, Groups = 2)]
        [BatchNorm]
        [Conv2D(4, Kernel = 1, Connections = new[] { "XX.X", "X.XX", ".XXX", "XXXX", "XX.X", "X.XX", ".XXX", "XXXX" })]
        [ConvTranspose2D(20, Kernel = 2, Stride = 2)]
        [Flatten]
        [Dense(5, Activation = Activation.PReLU)]
        public partial class Net;

        """;

    private const string Sequence = """
        using StaticNet;
        [Network]
        [Input(3, Steps = 4)]
        [LSTM(5, Peepholes = true, LearnedState = true)]
        [GRU(3)]
        public partial class Net;

        """;

    /// <summary>More weights than are written as numbers.</summary>
    private const string Wide = "using StaticNet; [Network][Input(300)][Dense(400)] public partial class Net; ";

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Network, "private static ReadOnlySpan<ulong> BakedWeights =>")]
    [InlineData(Sequence, "private static ReadOnlySpan<ulong> BakedWeights =>")]
    [InlineData(Wide, "private const string BakedWeights =")]
    public void A_class_has_the_same_weights_from_code_as_from_files_of_either_kind(string network, string carrier)
    {
        var source = network + """
            [InferenceOf(typeof(Net), Weights = "resource.safetensors")] public partial class FromResource;
            [InferenceOf(typeof(Net), Weights = "code.safetensors")] public partial class FromCode;
            [InferenceOf(typeof(Net), Weights = "kernels.baked")] public partial class FromKernelLayout;
            """;
        var (state, table) = Drawn(network);
        state.Add("scaling.inputs.shift", [1], [2]);
        state.Add("scaling.inputs.scale", [1], [4]);
        var resource = Save("resource.safetensors", state);
        var code = Save("code.safetensors", state) with { Bake = true };
        BakedFile.Save(Path.Combine(_folder, "kernels.baked"), table, state);
        var kernels = new WeightsFile(Path.Combine(_folder, "kernels.baked"), "kernels.baked");

        var run = WeightsFile.Run(GeneratorHarness.Compile(source), resource, code, kernels);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.Contains(carrier, run.Files["FromCode.Weights.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("FromResource.Weights.g.cs", run.Files.Keys);
        var assembly = Load(run, resource, kernels);
        var expected = WeightsOf(assembly, "FromResource");
        foreach (var name in (string[])["FromCode", "FromKernelLayout"])
        {
            var weights = WeightsOf(assembly, name);
            Assert.Equal(expected.Values, weights.Values);
            Assert.Equal([2], weights.Scaling.Inputs!.Shift);
            Assert.Equal([4], weights.Scaling.Inputs!.Scale);
            Assert.Null(weights.Scaling.Targets);
        }
    }

    [Fact]
    public void A_schema_of_tables_comes_along()
    {
        const string source = """
            using StaticNet;
            [Network][Input(1)][Dense(2)][SoftmaxCrossEntropyLoss][Training] public partial class Net;
            [InferenceOf(typeof(Net), Weights = "net.safetensors")] public partial class Model;
            """;
        var type = Load(GeneratorHarness.Run(GeneratorHarness.Compile(source))).GetType("Net")!;
        var network = Activator.CreateInstance(type, [0UL])!;
        var table = Table.Read(new MemoryStream("size,kind\n1,\"a \"\"b\"\"\"\n2,c\n"u8.ToArray()));
        Invoke(typeof(TableExtensions), nameof(TableExtensions.SetSchema), network, TableSchema.Fit(table, [new NumberColumn("size")], [new ClassTarget("kind")]));
        var file = Save("net.safetensors", (StateDict)Invoke(typeof(NetworkExtensions), nameof(NetworkExtensions.ToStateDict), network)!) with { Bake = true };

        var run = WeightsFile.Run(GeneratorHarness.Compile(source), file);

        Assert.Empty(run.Diagnostics);
        var expected = (NetworkWeights)type.GetProperty("Weights")!.GetValue(network)!;
        Assert.Equal(expected.Schema!.ToJson(), WeightsOf(Load(run), "Model").Schema!.ToJson());
    }

    [Fact]
    public void A_file_of_another_network_is_told_by_the_first_tensor_that_differs()
    {
        var (state, table) = Drawn("using StaticNet; [Network][Input(3)][Dense(4)][Dense(2)] public partial class Net; ");
        BakedFile.Save(Path.Combine(_folder, "net.baked"), table, state);

        Assert.Empty(Told("[Dense(4)][Dense(2)]", "net.baked"));
        Assert.Equal(
            "SN0032: \"net.baked\" does not fit Model: the first tensor that differs is dense2.weight [2, 4], where Model has dense2.weight [5, 4]",
            Assert.Single(Told("[Dense(4)][Dense(5)]", "net.baked")));
        Assert.Equal(
            "SN0032: \"net.baked\" does not fit Model: the first tensor that differs is dense2.weight [2, 4], which Model does not have",
            Assert.Single(Told("[Dense(4)]", "net.baked")));
        Assert.Equal(
            "SN0032: \"net.baked\" does not fit Model: the first tensor that differs is dense3.weight [1, 2] of Model, which they lack",
            Assert.Single(Told("[Dense(4)][Dense(2)][Dense(1)]", "net.baked")));
    }

    [Fact]
    public void A_damaged_file_is_told()
    {
        var (state, table) = Drawn("using StaticNet; [Network][Input(3)][Dense(4)] public partial class Net; ");
        var path = Path.Combine(_folder, "net.baked");
        BakedFile.Save(path, table, state);
        var whole = File.ReadAllBytes(path);

        foreach (var length in (int[])[0, 5, 8, 40, 63, 64, 100, whole.Length - 1])
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.StartsWith("SN0031: \"net.baked\" is not a file of baked weights: it ", Assert.Single(Told("[Dense(4)]", "net.baked")), StringComparison.Ordinal);
        }

        Save("net.baked", state);
        Assert.Equal("SN0031: \"net.baked\" is not a file of baked weights: it does not begin as one", Assert.Single(Told("[Dense(4)]", "net.baked")));
    }

    [Fact]
    public void Numbers_that_cannot_be_baked_are_told()
    {
        var state = new StateDict();
        state.Add("dense1.weight", [4, 3], new float[12]);
        state.Add("dense1.bias", [4], [1, 2, float.NaN, 4]);
        Save("net.safetensors", state);
        Assert.Equal(
            "SN0032: \"net.safetensors\" does not fit Model: dense1.bias holds a number that is NaN, infinite or beyond float32: element 2 of 4",
            Assert.Single(Told("[Dense(4)]", "net.safetensors", bake: true)));
        Assert.Empty(Told("[Dense(4)]", "net.safetensors"));

        var scaled = new StateDict();
        scaled.Add("dense1.weight", [4, 3], new float[12]);
        scaled.Add("dense1.bias", [4], new float[4]);
        scaled.Add("scaling.inputs.shift", [3], new float[3]);
        Save("net.safetensors", scaled);
        Assert.Equal(
            "SN0032: \"net.safetensors\" does not fit Model: a scaling has scaling.inputs.shift and scaling.inputs.scale, and not both are there",
            Assert.Single(Told("[Dense(4)]", "net.safetensors", bake: true)));
        scaled.Add("scaling.inputs.scale", [3], [1, 1, 1]);
        scaled.Add("scaling.inputs.width", [0], []);
        Save("net.safetensors", scaled);
        Assert.Equal(
            "SN0032: \"net.safetensors\" does not fit Model: scaling.inputs.width is not one whole number",
            Assert.Single(Told("[Dense(4)]", "net.safetensors", bake: true)));

        var large = new StateDict();
        large.Add("dense1.weight", [1100, 2000], new float[2_200_000]);
        large.Add("dense1.bias", [1100], new float[1100]);
        Save("net.safetensors", large);
        Assert.Contains("it takes 2,209,104 floats, and 2,000,000 is the most that a build puts into code", Assert.Single(Told("[Dense(1100)]", "net.safetensors", bake: true, inputs: 2000)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_named_twice_is_told()
    {
        const string header = """{"dense1.bias":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"dense1.bias":{"dtype":"F32","shape":[4],"data_offsets":[16,32]}}""";
        using (var file = new BinaryWriter(File.Create(Path.Combine(_folder, "net.safetensors"))))
        {
            file.Write((ulong)header.Length);
            file.Write(System.Text.Encoding.ASCII.GetBytes(header));
            file.Write(new byte[32]);
        }

        Assert.Equal("SN0031: \"net.safetensors\" is not a safetensors file: its header has two tensors \"dense1.bias\"", Assert.Single(Told("[Dense(4)]", "net.safetensors", bake: true)));
    }

    private List<string> Told(string layers, string file, bool bake = false, int inputs = 3)
    {
        var source = $"using StaticNet; [Network][Input({inputs})]{layers} public partial class Net; [InferenceOf(typeof(Net), Weights = \"{file}\")] public partial class Model;";
        return [.. WeightsFile.Run(GeneratorHarness.Compile(source), new WeightsFile(Path.Combine(_folder, file), file, bake)).Diagnostics.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage()}")];
    }

    private WeightsFile Save(string name, StateDict state)
    {
        var path = Path.Combine(_folder, name);
        Safetensors.Save(path, state);
        return new WeightsFile(path, name);
    }

    /// <summary>The parameters of a network, with numbers that all differ.</summary>
    private static (StateDict State, ParameterTable Table) Drawn(string network)
    {
        var table = (ParameterTable)Load(GeneratorHarness.Run(GeneratorHarness.Compile(network))).GetType("Net")!.GetProperty("ParameterTable")!.GetValue(null)!;
        var (state, number) = (new StateDict(), 0);
        foreach (var parameter in table.Parameters)
            state.Add(parameter.Name, parameter.Shape.AsSpan(), [.. Enumerable.Range(0, parameter.Count).Select(_ => ++number / 8f)]);
        return (state, table);
    }

    private static NetworkWeights WeightsOf(Assembly assembly, string name)
    {
        var type = assembly.GetType(name)!;
        return (NetworkWeights)type.GetProperty("Weights")!.GetValue(Activator.CreateInstance(type, [null]))!;
    }

    /// <summary>Calls an extension method of networks on one whose class is not known here.</summary>
    private static object? Invoke(Type extensions, string name, object network, params object[] arguments) =>
        extensions.GetMethods().Single(method => method.Name == name && method.GetParameters().Length == 1 + arguments.Length).MakeGenericMethod(network.GetType()).Invoke(null, [network, .. arguments]);

    private static Assembly Load(GeneratorRun run, params WeightsFile[] resources)
    {
        using var stream = new MemoryStream();
        var result = run.Compilation.Emit(stream, manifestResources: resources.Select(file => new ResourceDescription(file.Resource!, () => File.OpenRead(file.Path), isPublic: true)));
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }
}
