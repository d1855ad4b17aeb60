using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Tests;

/// <summary>Blocks and networks in other files and other assemblies.</summary>
public class AssemblyTests
{
    private const string Library = """
        using StaticNet;
        namespace Lib;
        [Dense(8, Activation = Activation.GELU)] internal class Hidden;
        [Block(typeof(Hidden))][Dense(4)][Add("input")] public class Residual;
        [Dense(0)] public class Faulty;
        [Reshape(5)] public class Misfit;
        [Block(typeof(Ring))] public class Ring;
        public class Empty;
        public class Generic<T> { [Dense(4)] public class Part; }
        [Network][Input(4)][Block(typeof(Residual))][Dense(2)][SoftmaxCrossEntropyLoss][Training(BatchSize = 8)] public partial class Net<T>;
        [Network][Input(4)][Dense(0)] public partial class FaultyNet;
        [Network][Dense(3)] public partial class NoInput;
        """;

    public static TheoryData<bool> FromSourceOrMetadata => [false, true];

    [Theory]
    [MemberData(nameof(FromSourceOrMetadata))]
    public void A_block_of_another_assembly_is_read_like_one_of_this(bool asMetadata)
    {
        const string user = "using StaticNet; using Lib; [Network][Input(4)][Block(typeof(Residual), Name = \"r\")][Block(typeof(Generic<>.Part))][Block(typeof(Generic<int>.Part))] partial class Mine;";
        var elsewhere = Assert.Single(Specs.Of(GeneratorHarness.Run(User(user, asMetadata))));
        var here = Specs.Of(GeneratorHarness.Run(GeneratorHarness.Compile(Library, user))).Single(model => model.Target.Name == "Mine");

        Assert.Equal(here, elsewhere);
        Assert.Equal(["r", null, null], elsewhere.Layers.Select(layer => layer.Name));
        Assert.Equal(3, Assert.IsType<Block>(elsewhere.Layers[0].Layer).Layers.Count);
    }

    [Theory]
    [MemberData(nameof(FromSourceOrMetadata))]
    public void A_twin_of_another_assemblys_network_has_its_layers_and_no_losses(bool asMetadata)
    {
        var twin = Assert.Single(Specs.Of(GeneratorHarness.Run(User("[StaticNet.InferenceOf(typeof(Lib.Net<>))] partial class Twin;", asMetadata))));
        var network = Specs.Of(GeneratorHarness.Run(Library)).Single(model => model.Target.Name == "Net");

        Assert.Equal(network with { Target = new TargetType("", default, "Twin", "", "Twin"), Losses = default, BatchSize = null, IsTwin = true }, twin);
        Assert.Equal(8, network.BatchSize);
        Assert.Single(network.Losses);
    }

    [Theory]
    [InlineData("Block(typeof(Faulty))", "SN0003", "Dense: units must be 1 or more, but is 0")]
    [InlineData("Block(typeof(Misfit))", "SN0004", "Reshape to 5 does not fit the 4 elements of its input 4")]
    [InlineData("Block(typeof(Ring))", "SN0021", "A block cannot contain itself, but Ring contains Ring")]
    [InlineData("Block(typeof(Empty))", "SN0002", "Empty has no layer: put at least one layer attribute, such as [Dense(10)], below [Input]")]
    public void A_fault_in_a_block_of_another_assembly_is_reported_on_the_block(string block, string id, string message)
    {
        foreach (var asMetadata in new[] { false, true })
        {
            var user = $"using StaticNet; using Lib; [Network][Input(4)][{block}] partial class Mine;";
            var diagnostic = Assert.Single(GeneratorHarness.Run(User(user, asMetadata)).Diagnostics);

            Assert.Equal(id, diagnostic.Id);
            Assert.Equal(block, user.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
            Assert.Equal(message, diagnostic.GetMessage(CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("InferenceOf(typeof(FaultyNet))", "SN0003")]
    [InlineData("InferenceOf(typeof(NoInput))", "SN0001")]
    [InlineData("InferenceOf(typeof(Residual))", "SN0022")]
    public void A_fault_in_a_network_of_another_assembly_is_reported_on_its_twin(string twin, string id)
    {
        var user = $"using StaticNet; using Lib; [{twin}] partial class Mine;";
        var diagnostic = Assert.Single(GeneratorHarness.Run(User(user, asMetadata: true)).Diagnostics);

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(twin, user.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public void A_fault_in_a_network_of_this_assembly_is_not_repeated_on_its_twin()
    {
        var run = GeneratorHarness.Run("using StaticNet; [Network][Input(4)][Dense(0)] partial class Net; [InferenceOf(typeof(Net))] partial class Twin;");

        Assert.Equal("SN0003", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(Specs.Of(run));
    }

    [Fact]
    public void A_block_in_another_file_is_read_in_the_order_of_its_attributes()
    {
        var spec = Specs.Only(
            "using StaticNet; [Network][Input(4)][Block(typeof(Part))] partial class Net;",
            "using StaticNet; [Dense(1), Dense(2)] [Dense(3)]\n[Flatten, Dense(4)] class Part;");

        Assert.Equal(["Dense 1", "Dense 2", "Dense 3", "Flatten", "Dense 4"], Assert.IsType<Block>(spec.Layers[0].Layer).Layers.Select(layer => layer.Layer.Title));
    }

    [Fact]
    public void Blocks_that_double_are_stopped_at_the_limit()
    {
        var classes = string.Concat(Enumerable.Range(1, 40).Select(level => $"[Block(typeof(B{level - 1}))][Block(typeof(B{level - 1}))] class B{level};\n"));
        var run = GeneratorHarness.Run($"using StaticNet; [Flatten] class B0;\n{classes}[Network][Input(4)][Block(typeof(B40))] partial class Net;");

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("SN0020", diagnostic.Id);
        Assert.Equal("Net has more layers; code is generated for at most 1000", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_limit_on_layers_is_exact()
    {
        static GeneratorRun Of(int layers) => GeneratorHarness.Run($"using StaticNet; [Network][Input(4)]{string.Concat(Enumerable.Repeat("[Flatten]", layers))} partial class Net;");

        Assert.Single(Specs.Of(Of(Limits.MostLayers)));
        var over = Of(Limits.MostLayers + 1);
        Assert.Equal("SN0020", Assert.Single(over.Diagnostics).Id);
        Assert.Empty(Specs.Of(over));
    }

    private static CSharpCompilation User(string source, bool asMetadata)
    {
        // Compiled without the generator: its classes are only read.
        var library = GeneratorHarness.Compile("Library", [Library]);
        if (!asMetadata)
            return GeneratorHarness.Compile("User", [source], library.ToMetadataReference());
        using var stream = new MemoryStream();
        Assert.True(library.Emit(stream).Success);
        return GeneratorHarness.Compile("User", [source], MetadataReference.CreateFromImage(stream.ToArray()));
    }
}
