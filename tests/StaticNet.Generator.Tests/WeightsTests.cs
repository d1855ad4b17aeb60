using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StaticNet.Serialization;

namespace StaticNet.Generator.Tests;

/// <summary>Weights that belong to a declaration: found, checked against the layers, and loaded from the assembly.</summary>
public sealed class WeightsTests : IDisposable
{
    private const string Network = "using StaticNet; [Network][Input(3)][Dense(4)][BatchNorm][Dense(2)] public partial class Net; ";

    private readonly string _folder = Directory.CreateTempSubdirectory("StaticNet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_fits_is_taken_without_a_word()
    {
        var run = Run(Twin("net.safetensors"), Save("net.safetensors", Fitting()));

        Assert.Empty(run.Diagnostics);
        Assert.Contains("EmbeddedWeights.Load(this, typeof(Model), \"net.safetensors\");", run.Files["Model.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void Scaling_centres_and_a_count_without_an_axis_may_come_besides()
    {
        var state = new StateDict();
        foreach (var tensor in Fitting())
            state.Add(tensor.Name, tensor.Name.EndsWith("tracked", StringComparison.Ordinal) ? [] : tensor.Shape.AsSpan(), tensor.Values);
        state.Add("scaling.inputs.shift", [1], [1]);
        state.Add("loss2.centers", [2, 4], new float[8]);
        state.Metadata.Add("note", "braces } and \"quotes\" {");

        Assert.Empty(Run(Twin("net.safetensors"), Save("net.safetensors", state)).Diagnostics);
    }

    [Theory]
    [InlineData("models/net.safetensors")]
    [InlineData("models\\\\net.safetensors")]
    [InlineData("./net.safetensors")]
    [InlineData("net.safetensors")]
    public void A_name_may_have_folders_before_it(string name) => Assert.Empty(Run(Twin(name), Save("models/net.safetensors", Fitting())).Diagnostics);

    [Fact]
    public void A_file_that_is_not_there_is_told_with_those_that_are()
    {
        AssertTold("SN0030", "\"other.safetensors\" is not among the weights files of the project: there is net.safetensors", Run(Twin("other.safetensors"), Save("net.safetensors", Fitting())));
        AssertTold("SN0030", "the project has no .safetensors file", Run(Twin("other.safetensors")));
        AssertTold("SN0030", "the project has no .safetensors file", Run(Twin("")));
    }

    [Fact]
    public void Two_files_of_one_name_are_told() =>
        AssertTold("SN0030", "several files have this name", Run(Twin("net.safetensors"), Save("a/net.safetensors", Fitting()), Save("b/net.safetensors", Fitting())));

    [Fact]
    public void A_file_that_the_build_does_not_embed_is_told()
    {
        AssertTold("SN0030", "net.safetensors does not occur there: write it as one literal", Run(Twin("net.safetensors").Replace("net.safetensors", "net\" + \".safetensors", StringComparison.Ordinal), Save("net.safetensors", Fitting())));
        AssertTold("SN0030", "it is not a StaticNetWeights item", Run(Twin("net.safetensors"), Save("net.safetensors", Fitting()) with { Resource = null }));
    }

    [Fact]
    public void A_damaged_file_is_told_whatever_is_wrong()
    {
        var whole = File.ReadAllBytes(Save("net.safetensors", Fitting()).Path);
        var header = 8 + (int)BitConverter.ToUInt64(whole);
        for (var length = 0; length < header; length += 7)
            AssertTold("SN0031", "is not a safetensors file", Run(Twin("cut.safetensors"), Write("cut.safetensors", whole[..length])));
        var random = new Random(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(header)] = (byte)random.Next(256);
            Assert.All(Run(Twin("cut.safetensors"), Write("cut.safetensors", damaged)).Diagnostics, diagnostic => Assert.Contains(diagnostic.Id, new[] { "SN0031", "SN0032" }));
        }

        AssertTold("SN0031", "fewer levels", Run(Twin("cut.safetensors"), Write("cut.safetensors", Header("{\"__metadata__\":" + new string('[', 100_000)))));
        AssertTold("SN0031", "has no shape", Run(Twin("cut.safetensors"), Write("cut.safetensors", Header("{\"a\":{}}"))));
        AssertTold("SN0031", "length of a safetensors header", Run(Twin("cut.safetensors"), Write("cut.safetensors", [.. "no file of any kind"u8])));
        AssertTold("SN0031", $"its header should have {header - 8} bytes, but only 50 follow: it is truncated", Run(Twin("cut.safetensors"), Write("cut.safetensors", whole[..58])));
    }

    [Theory]
    [InlineData("504B03040A0000000000000000000000", "a zip archive, such as a .pt of PyTorch")]
    [InlineData("504B0304", "a zip archive, such as a .pt of PyTorch")]
    [InlineData("894844460D0A1A0A0000000000080800", "an HDF5 file, such as Keras's .h5")]
    [InlineData("8002636E756D70792E636F72652E6D75", "a Python pickle, as torch.save wrote before version 1.6")]
    [InlineData("08071207707974", "an ONNX model")]
    [InlineData("0807120770797463", "an ONNX model")]
    [InlineData("0807120770797463000000000000000000000000", "an ONNX model")]
    [InlineData("76657273696F6E2068747470733A2F2F6769742D6C66732E6769746875622E636F6D2F737065632F7631", "a pointer of Git LFS, without the file that it points to: fetch it with git lfs pull")]
    [InlineData("1F8B0800000000000003", "compressed with gzip: unpack it")]
    [InlineData("934E554D50590100760000007B276465", "a NumPy array (.npy)")]
    [InlineData("1C00000054464C330000000000000000", "a TensorFlow Lite model")]
    [InlineData("47475546030000000000000000000000", "a GGUF model")]
    [InlineData("0D0A0D0A3C21444F43545950452068746D6C3E", "a web page or XML, as a failed download leaves it")]
    [InlineData("7B22666F726D6174223A20226C617965", "JSON text")]
    public void A_file_of_another_kind_is_told_by_its_kind(string start, string kind) =>
        AssertTold("SN0031", $"\"net.safetensors\" is not a safetensors file: it is {kind}", Run(Twin("net.safetensors"), Write("net.safetensors", Convert.FromHexString(start))));

    [Fact]
    public void A_file_cut_or_lengthened_in_its_data_is_told()
    {
        var whole = File.ReadAllBytes(Save("net.safetensors", Fitting()).Path);
        var header = 8 + (int)BitConverter.ToUInt64(whole);
        for (var length = header; length < whole.Length; length += 5)
            AssertTold("SN0031", $"its header describes {whole.Length - header} bytes of data, but {length - header} follow: it is truncated", Run(Twin("cut.safetensors"), Write("cut.safetensors", whole[..length])));
        AssertTold("SN0031", "it is too long", Run(Twin("cut.safetensors"), Write("cut.safetensors", [.. whole, 0])));
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[4],\"data_offsets\":[0,4]}}", "has the dtype F8_E4M3")]
    [InlineData("{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", "has no dtype")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", "has no two data_offsets")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "\"a\", F32 [2], has data_offsets of 0 to 4")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", "has data_offsets of 4 to 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,4]}}", "has data_offsets of 0 to 4")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}", "\"b\" begins at 1, where the data before it ends at 2")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[3,4]}}", "\"b\" begins at 3, where the data before it ends at 1")]
    public void Data_that_is_not_as_the_header_says_is_told(string header, string told) =>
        AssertTold("SN0031", told, Run(Twin("odd.safetensors"), Write("odd.safetensors", [.. Header(header), 0, 0, 0, 0])));

    [Fact]
    public void A_file_of_another_network_is_told_with_names_and_shapes()
    {
        var state = new StateDict();
        foreach (var tensor in Fitting().Where(tensor => tensor.Name != "dense1.bias"))
        {
            if (tensor.Name == "dense2.weight")
                state.Add(tensor.Name, [4, 2], tensor.Values);
            else
                state.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Values);
        }

        state.Add("fc.weight", [1], [1]);

        AssertTold(
            "SN0032",
            "\"net.safetensors\" does not fit Model: missing are dense1.bias; dense2.weight is [4, 2] instead of [2, 4]; the network has no parameters fc.weight",
            Run(Twin("net.safetensors"), Save("net.safetensors", state)));
    }

    [Fact]
    public void The_class_runs_with_its_weights_from_the_start()
    {
        var file = Save("net.safetensors", Fitting());
        var run = Run(Twin("net.safetensors"), file);
        using var stream = new MemoryStream();
        var result = run.Compilation.Emit(stream, manifestResources: [new ResourceDescription("net.safetensors", () => File.OpenRead(file.Path), isPublic: true)]);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        stream.Position = 0;

        var type = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetType("Model")!;
        var output = new float[2];
        var model = Activator.CreateInstance(type, [null])!;
        ((ForwardCall)Delegate.CreateDelegate(typeof(ForwardCall), model, "Forward"))([1, 0, 0], output);

        // Weights of dense1 and dense2 are 1 and 0.5, biases 0 and 2; the norm's gains 1 and its statistics 0 and 1 change next to nothing.
        Assert.Equal([4, 4], output.Select(value => MathF.Round(value, 3)));
    }

    private delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

    private static string Twin(string file) => Network + $"[InferenceOf(typeof(Net), Weights = \"{file}\")] public partial class Model;";

    /// <summary>The tensors of the network.</summary>
    private static StateDict Fitting()
    {
        var state = new StateDict();
        state.Add("dense1.weight", [4, 3], [.. Enumerable.Repeat(1f, 12)]);
        state.Add("dense1.bias", [4], new float[4]);
        state.Add("batchNorm1.weight", [4], [1, 1, 1, 1]);
        state.Add("batchNorm1.bias", [4], new float[4]);
        state.Add("batchNorm1.running_mean", [4], new float[4]);
        state.Add("batchNorm1.running_var", [4], [1, 1, 1, 1]);
        state.Add("batchNorm1.num_batches_tracked", [1], [3]);
        state.Add("dense2.weight", [2, 4], [.. Enumerable.Repeat(0.5f, 8)]);
        state.Add("dense2.bias", [2], [2, 2]);
        return state;
    }

    private static byte[] Header(string json) => [.. BitConverter.GetBytes((ulong)json.Length), .. System.Text.Encoding.UTF8.GetBytes(json)];

    private WeightsFile Save(string name, StateDict state)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, state);
        return Write(name, stream.ToArray());
    }

    private WeightsFile Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return new WeightsFile(path, name);
    }

    private static void AssertTold(string id, string message, GeneratorRun run)
    {
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(), StringComparison.Ordinal);
        // On the argument's value.
        Assert.StartsWith("\"", diagnostic.Location.SourceTree!.ToString()[diagnostic.Location.SourceSpan.Start..], StringComparison.Ordinal);
    }

    private static GeneratorRun Run(string source, params WeightsFile[] files) => WeightsFile.Run(GeneratorHarness.Compile(source), files);
}
