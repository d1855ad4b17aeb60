using System.Globalization;
using StaticNet.Generator.Emit;
using StaticNet.Generator.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Tests;

/// <summary>Generated code stays short: loops over remainders and borders, one method for equal layers, and a limit of lines.</summary>
public class CodeLengthTests
{
    private const string Trained = "[MeanSquaredErrorLoss][Training(BatchSize = 4)]";

    /// <summary>Networks whose windows have many remainders of the stride or many columns at the borders.</summary>
    [Theory]
    [InlineData("[Input(8, 40)][ConvTranspose1D(8, Kernel = 256, Stride = 128)]")]
    [InlineData("[Input(8, 10, 10)][ConvTranspose2D(8, Kernel = 16, Stride = 8)]")]
    [InlineData("[Input(1, 8000)][Conv1D(8, Padding = 1)][Conv1D(16, Kernel = 128, Stride = 64)]" + Trained)]
    [InlineData("[Input(1, 40, 40)][ConvTranspose2D(1, Kernel = 3, Stride = 100)]")]
    [InlineData("[Input(16, 512, 512)][DepthwiseConv2D(Kernel = 500, Padding = 499)]")]
    [InlineData("[Input(16, 64, 64)][DepthwiseConv2D(Kernel = 50, Padding = 49)]" + Trained)]
    [InlineData("[Input(20, 3000)][Conv1D(40, Kernel = 300, Padding = 290, Stride = 3)]" + Trained)]
    [InlineData("[Input(3, 100)][Conv1D(40, Kernel = 100, Padding = 60)]" + Trained)]
    [InlineData("[Input(4, 30)][ConvTranspose1D(8, Kernel = 16000, Stride = 8000)][Conv1D(2, Kernel = 1000, Stride = 500)]")]
    public void Windows_of_any_size_take_a_few_thousand_lines(string layers) => Assert.InRange(LinesOf(Run(layers)), 1, 6_000);

    [Fact]
    public void More_layers_than_the_limit_has_lines_for_are_refused_where_most_of_them_stand()
    {
        // Each layer has another width, so that none shares its code.
        var layers = string.Concat(Enumerable.Range(17, 400).Select(units => $"[Dense({units.ToString(CultureInfo.InvariantCulture)}, Activation = Activation.Tanh)]"));
        var run = Run($"[Input(16)]{layers}{Trained}");

        var diagnostic = Assert.Single(run.Diagnostics);
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        Assert.Equal("SN0028", diagnostic.Id);
        Assert.StartsWith("Net would take more than 100,000 lines of generated code. The generator stopped at ", message, StringComparison.Ordinal);
        Assert.Matches(" at [0-9,]+ lines for dense[0-9]+, [0-9,]+ for dense[0-9]+, [0-9,]+ for dense[0-9]+\\. Equal layers", message);
        Assert.StartsWith("Dense(", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan), StringComparison.Ordinal);
        Assert.Empty(run.Files);
    }

    [Fact]
    public void What_stands_around_the_kernels_counts_too()
    {
        // Two short lines and a few long ones: the limit is one of lines of the files, whoever wrote them.
        var spec = Specs.Only("using StaticNet; [Network][Input(4)][Dense(4)] partial class Net;");
        GeneratedFile[] atLimit = [new("A.g.cs", new string('\n', 60_000)), new("A.Layout.g.cs", new string('\n', CodeBudget.MostLines - 60_000))];

        Assert.Null(Emission.Of(spec, (_, _) => new NetworkCode(atLimit)).Fault);
        var fault = Emission.Of(spec, (_, _) => new NetworkCode([.. atLimit, new("A.Forward.g.cs", "\n")])).Fault;
        Assert.Equal("SN0028", fault!.Rule);
    }

    [Fact]
    public void A_table_of_connections_is_counted_before_it_is_written()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = Run("[Input(12288, 2, 2)][Conv2D(12288, Kernel = 1, Groups = 12288)]" + Trained);

        Assert.Equal("SN0028", Assert.Single(run.Diagnostics).Id);
        // Nine million numbers would take some hundred megabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
    }

    [Fact]
    public void A_layer_that_alone_is_beyond_the_limit_is_refused_by_name()
    {
        // A dilation scatters the remainders of the stride.
        var diagnostic = Assert.Single(Run("[Input(8, 40)][ConvTranspose1D(8, Name = \"up\", Kernel = 900, Stride = 997, Dilation = 500)]").Diagnostics);

        Assert.Equal("SN0028", diagnostic.Id);
        Assert.Contains("The generator stopped at 100,001 lines for up. Equal layers", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void An_inference_twin_of_a_network_that_is_too_long_is_refused_on_its_own_attribute()
    {
        var run = GeneratorHarness.Run(
            "using StaticNet; [Network][Input(8, 40)][ConvTranspose1D(8, Kernel = 900, Stride = 997, Dilation = 500)] partial class Net; [InferenceOf(typeof(Net))] partial class Twin;");

        Assert.Equal(
            ["ConvTranspose1D(8, Kernel = 900, Stride = 997, Dilation = 500)", "InferenceOf(typeof(Net))"],
            run.Diagnostics.Select(diagnostic => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan)));
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Multiply")]
    [InlineData("Concat")]
    public void A_join_takes_256_layers_and_no_more(string join)
    {
        string Names(int count) => string.Join(", ", Enumerable.Repeat("\"dense1\"", count));
        var within = Run($"[Input(4)][Dense(4)][{join}({Names(256)})]");
        var refused = Assert.Single(Run($"[Input(4)][Dense(4)][{join}({Names(10_000)})]").Diagnostics);

        Assert.Empty(within.Diagnostics);
        Assert.InRange(LinesOf(within), 1, 10_000);
        Assert.Equal("SN0029", refused.Id);
        Assert.Equal($"{join} takes 10000 layers; code is generated for at most 256: join them in several steps", refused.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void More_losses_than_256_are_refused()
    {
        var losses = string.Concat(Enumerable.Repeat("[MeanSquaredErrorLoss]", 257));
        var diagnostic = Assert.Single(Run($"[Input(4)][Dense(4)]{losses}[Training]").Diagnostics);

        Assert.Equal("Net has 257 losses; code is generated for at most 256", diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>Sixty equal layers have the methods of one, whatever their activation.</summary>
    [Fact]
    public void Equal_layers_share_their_methods()
    {
        Assert.All(Enum.GetNames<Activation>().Where(name => name != "Step"), name =>
        {
            string Layers(int count) => string.Concat(Enumerable.Repeat($"[Dense(16, Activation = Activation.{name})]", count));
            // The wide layer decides how many samples go through together, and with that the tiles of a product.
            GeneratorRun After(string layers) => Run($"[Input(16)][Dense(2048)][Dense(16)]{layers}{Trained}");
            var (few, many) = (After(Layers(4)), After(Layers(60)));

            Assert.Empty(many.Diagnostics);
            Assert.Equal(MethodsOf(few), MethodsOf(many));
        });
    }

    [Fact]
    public void A_kernel_of_many_taps_takes_no_more_lines_in_a_stream_than_one_of_few()
    {
        GeneratorRun Taps(int count) => Run($"[Input(1, Steps = 64)][CausalConv1D(1, Kernel = {count})]");
        var (few, many) = (Taps(33), Taps(8192));

        Assert.Empty(many.Diagnostics);
        Assert.InRange(LinesOf(many), 1, LinesOf(few) + 50);
    }

    [Fact]
    public void A_hundred_layers_with_tanh_take_no_more_methods_and_hardly_more_lines_than_with_relu()
    {
        GeneratorRun Hundred(string activation) => Run($"[Input(16)]{string.Concat(Enumerable.Repeat($"[Dense(16, Activation = Activation.{activation})]", 100))}");
        var (relu, tanh) = (Hundred("ReLU"), Hundred("Tanh"));

        Assert.Equal(MethodsOf(relu), MethodsOf(tanh));
        Assert.InRange(LinesOf(relu), 1, 3_500);
        Assert.InRange(LinesOf(tanh), 1, LinesOf(relu) + 500);
    }

    [Theory]
    [InlineData("[Input(16, 8, 8)]", "[Conv2D(16, Padding = 1, Activation = Activation.SiLU)][BatchNorm][Activation(Activation.GELU)]")]
    [InlineData("[Input(16, 8, 8)]", "[DepthwiseConv2D(Padding = 1, Activation = Activation.Tanh)][GroupNorm(4)][LocalResponseNorm]")]
    [InlineData("[Input(16)]", "[Dense(16, Activation = Activation.Sigmoid, WeightNorm = true)][LayerNorm][RMSNorm]")]
    [InlineData("[Input(16)]", "[Maxout(16, 3)][Dense(16, Activation = Activation.PReLU)]")]
    public void Equal_layers_of_other_kinds_share_their_methods(string input, string layers)
    {
        string Net(int count) => $"{input}{string.Concat(Enumerable.Repeat(layers, count))}{Trained}";
        var (few, many) = (Run(Net(4)), Run(Net(20)));

        Assert.Empty(many.Diagnostics);
        Assert.Equal(MethodsOf(few), MethodsOf(many));
    }

    [Fact]
    public void Files_of_kernels_alone_are_without_nullable_analysis()
    {
        Assert.All(Run($"[Input(4)][Dense(4)]{Trained}").Files, file =>
            Assert.Contains(file.Key is "Net.g.cs" or "Net.Layout.g.cs" ? "\n#nullable enable\n" : "\n#nullable disable\n", file.Value, StringComparison.Ordinal));
    }

    private static int MethodsOf(GeneratorRun run) => run.Files.Values.Sum(text => text.Split("MethodImplOptions.AggressiveOptimization").Length - 1);

    private static int LinesOf(GeneratorRun run) => run.Files.Values.Sum(text => text.Split('\n').Length);

    private static GeneratorRun Run(string attributes) => GeneratorHarness.Run($"using StaticNet; [Network]{attributes} partial class Net;");
}
