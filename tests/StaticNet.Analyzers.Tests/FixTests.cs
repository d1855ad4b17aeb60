using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using StaticNet.CodeFixes;
using StaticNet.Generator.Analyzers;

namespace StaticNet.Analyzers.Tests;

/// <summary>What one click makes of a declaration.</summary>
public class FixTests
{
    /// <summary>A rule, the attributes with the reported one marked, and the attributes after the fix.</summary>
    public static TheoryData<string, string, string> Remedies => new()
    {
        { "SN1001", "[Input(2)]\n[|[Dense(16)]|]\n[Dense(2)]\n[SoftmaxCrossEntropyLoss]", "[Input(2)]\n[Dense(16, Activation = Activation.ReLU)]\n[Dense(2)]\n[SoftmaxCrossEntropyLoss]" },
        {
            "SN1002",
            "[Input(4)]\n[|[Dense(8, Initializer = Initializer.Constant, InitializerValue = 1f, Activation = Activation.Tanh)]|]\n[Dense(3, Initializer = Initializer.Zeros)]\n[SoftmaxCrossEntropyLoss]",
            "[Input(4)]\n[Dense(8, Activation = Activation.Tanh)]\n[Dense(3, Initializer = Initializer.Zeros)]\n[SoftmaxCrossEntropyLoss]"
        },
        { "SN1003", "[Input(4)]\n[|[Dense(8, Initializer = Initializer.Zeros, Activation = Activation.ReLU)]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(8, Activation = Activation.ReLU)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1004", "[Input(4)]\n[|[Dense(8, Activation = Activation.Tanh, Initializer = Initializer.HeNormal)]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(8, Activation = Activation.Tanh)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1006", "[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[|[MeanSquaredErrorLoss(Weight = 2f)]|]", "[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[BinaryCrossEntropyLoss(Weight = 2f)]" },
        { "SN1007", "[Input(4)]\n[Dense(3)]\n[|[Activation(Activation.ReLU)]|]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1007", "[Input(4)]\n[|[Dense(3, Activation = Activation.Tanh)]|]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1008", "[Input(4)]\n[Dense(1)]\n[|[BinaryCrossEntropyLoss]|]", "[Input(4)]\n[Dense(1)]\n[BinaryCrossEntropyWithLogitsLoss]" },
        { "SN1008", "[Input(4)]\n[Dense(1, Activation = Activation.Tanh)]\n[|[BinaryCrossEntropyLoss]|]", "[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[BinaryCrossEntropyLoss]" },
        { "SN1009", "[Input(4)]\n[|[Dense(1, Activation = Activation.ReLU)]|]\n[HuberLoss]", "[Input(4)]\n[Dense(1)]\n[HuberLoss]" },
        { "SN1010", "[Input(4)]\n[Dense(8, Activation = Activation.Tanh)]\n[|[Dropout(0.9)]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(8, Activation = Activation.Tanh)]\n[Dropout(0.5)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1011", "[Input(4)]\n[Dense(3)] // The scores.\n[|[Dropout(0.5)]|]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dropout(0.5)] // The scores.\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        {
            "SN1012",
            "[Input(4)]\n[Dense(8, Bias = false)]\n[|[Dropout(0.5)]|]\n[BatchNorm(Activation = Activation.ReLU)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]",
            "[Input(4)]\n[Dense(8, Bias = false)]\n[BatchNorm(Activation = Activation.ReLU)]\n[Dropout(0.5)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]"
        },
        { "SN1013", "[Input(4)]\n[|[Dense(8, BiasValue = 1f)]|]\n[BatchNorm(Activation = Activation.ReLU)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(8, Bias = false)]\n[BatchNorm(Activation = Activation.ReLU)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        {
            "SN1013",
            "[Input(2, 8, 8)]\n[|[DepthwiseConv2D(BiasValue = 1f)]|]\n[BatchNorm(Activation = Activation.ReLU)]\n[Flatten]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]",
            "[Input(2, 8, 8)]\n[DepthwiseConv2D(Bias = false)]\n[BatchNorm(Activation = Activation.ReLU)]\n[Flatten]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]"
        },
        { "SN1006", "[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[|[StaticNet.MeanSquaredErrorLoss]|]", "[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[StaticNet.BinaryCrossEntropyLoss]" },
        { "SN1019", "[Input(4)]\n[|[Dense(1, Activation = Activation.Softmax)]|]\n[MeanAbsoluteErrorLoss]", "[Input(4)]\n[Dense(1, Activation = Activation.Sigmoid)]\n[MeanAbsoluteErrorLoss]" },
        { "SN1022", "[Input(4)]\n[Dense(8, Activation = Activation.Tanh)][|[Activation(Activation.Tanh)]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(8, Activation = Activation.Tanh)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1023", "[Input(4)]\n[|[Flatten]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1024", "[Input(4)]\n[|[LayerNorm]|]\n[LayerNorm]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[LayerNorm]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1025", "[Input(4)]\n[|[Dense(8, Activation = Activation.Softmax)]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(8, Activation = Activation.ReLU)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
        { "SN1027", "[Input(1, Steps = 99)]\n[|[SimpleRNN(16, ReturnSequences = false)]|]\n[Dense(1)]\n[HuberLoss]", "[Input(1, Steps = 99)]\n[LSTM(16, ReturnSequences = false)]\n[Dense(1)]\n[HuberLoss]" },
        { "SN1028", "[Input(1, Steps = 9)]\n[|[LSTM(16, ForgetBias = 0, ReturnSequences = false)]|]\n[Dense(1)]\n[HuberLoss]", "[Input(1, Steps = 9)]\n[LSTM(16, ReturnSequences = false)]\n[Dense(1)]\n[HuberLoss]" },
        { "SN1029", "[Input(4)]\n[Dense(3)]\n[|[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.75f)]|]", "[Input(4)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss(LabelSmoothing = 0.1f)]" },
        { "SN1030", "[Input(4)]\n[|[Dense(65, Activation = Activation.ReLU)]|]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]", "[Input(4)]\n[Dense(64, Activation = Activation.ReLU)]\n[Dense(3)]\n[SoftmaxCrossEntropyLoss]" },
    };

    /// <summary>The same with the number of the fix and the whole declaration, for what the generator reports.</summary>
    public static TheoryData<string, int, string, string> Corrections => new()
    {
        { "SN0011", 0, "[Network][Input(4)][Dense(2)]\npublic sealed class [|Net|];", "[Network][Input(4)][Dense(2)]\npublic sealed partial class Net;" },
        {
            "SN0008", 0,
            "[Network]\n[Input(1, 8, 8)]\n[Conv2D(4)]\n[Dense(8)]\n[Dense(2)]\n[[|SoftmaxCrossEntropyLoss|]]\n[Training]\npartial class Net;",
            "[Network]\n[Input(1, 8, 8)]\n[Conv2D(4)]\n[Flatten]\n[Dense(8)]\n[Dense(2)]\n[SoftmaxCrossEntropyLoss]\n[Training]\npartial class Net;"
        },
        { "SN0009", 0, "[Network][Input(4)][Dense(2, Activation = Activation.Softmax)][[|SoftmaxCrossEntropyLoss|]][Training] partial class Net;", "[Network][Input(4)][Dense(2)][SoftmaxCrossEntropyLoss][Training] partial class Net;" },
        { "SN0016", 0, "[Network]\n[Input(4)]\n[Dense(2)]\n[[|Training|]]\npartial class Net;", "[Network]\n[Input(4)]\n[Dense(2)]\n[SoftmaxCrossEntropyLoss]\n[Training]\npartial class Net;" },
        { "SN0016", 1, "[Network]\n[Input(4)]\n[Dense(1)]\n[[|Training|]]\npartial class Net;", "[Network]\n[Input(4)]\n[Dense(1)]\n[MeanSquaredErrorLoss]\n[Training]\npartial class Net;" },
        { "SN0016", 0, "[Network, Input(4), Dense(1, Activation = Activation.Sigmoid), [|Training|]]\npartial class Net;", "[Network, Input(4), Dense(1, Activation = Activation.Sigmoid), BinaryCrossEntropyLoss, Training]\npartial class Net;" },
        { "SN0017", 0, "[Network][Input(4)][[|Dense(2, Activation = Activation.Step)|]][HuberLoss][Training] partial class Net;", "[Network][Input(4)][Dense(2, Activation = Activation.Sigmoid)][HuberLoss][Training] partial class Net;" },
        { "SN0019", 0, "[Network]\n[Input(4)]\n[[|Dense(3)|]]\n[Dense(2, From = \"input\")]\npartial class Net;", "[Network]\n[Input(4)]\n[Dense(2, From = \"input\")]\npartial class Net;" },
        { "SN0025", 0, "[Input(4)]\n[Dense(2)]\n[HuberLoss]\n[[|Training|]]\npartial class Net;", "[Network]\n[Input(4)]\n[Dense(2)]\n[HuberLoss]\n[Training]\npartial class Net;" },
        { "SN0035", 0, "[Network][[|Input(32, 32, 3)|]][Conv2D(4)] partial class Net;", "[Network][Input(3, 32, 32)][Conv2D(4)] partial class Net;" },
        { "SN0035", 1, "[Network][[|Input(32, 32, 3)|]][Conv2D(4)] partial class Net;", "[Network][Input(3, 32, 32, Layout = Layout.ChannelsLast)][Conv2D(4)] partial class Net;" },
    };

    [Theory]
    [MemberData(nameof(Remedies))]
    public Task A_remedy_removes_the_cause(string id, string attributes, string corrected)
    {
        // The mark is within the brackets, where the attribute is.
        var marked = attributes.Replace("[|[", $"[{{|{id}:", StringComparison.Ordinal).Replace("]|]", "|}]", StringComparison.Ordinal);
        return Check<AdviceAnalyzer, RemedyFixProvider>(0, Declaration(marked), Declaration(corrected));

        static string Declaration(string attributes) => $"[Network]\n{attributes}\n[Training]\npublic sealed partial class Net;";
    }

    [Theory]
    [MemberData(nameof(Corrections))]
    public Task A_correction_removes_the_fault(string id, int fix, string source, string corrected) =>
        Check<GeneratorFaults, DeclarationFixProvider>(fix, source.Replace("[|", $"{{|{id}:", StringComparison.Ordinal).Replace("|]", "|}", StringComparison.Ordinal), corrected);

    [Fact]
    public Task A_twin_stores_its_weights_in_16_bits()
    {
        const string network = "[Network][Input(784)][Dense(512, Activation = Activation.ReLU)][Dense(10)][SoftmaxCrossEntropyLoss][Training] partial class Net;\n";
        return Check<AdviceAnalyzer, RemedyFixProvider>(
            0, network + "[{|SN1031:InferenceOf(typeof(Net))|}] partial class Model;", network + "[InferenceOf(typeof(Net), Storage = WeightStorage.BFloat16)] partial class Model;");
    }

    [Fact]
    public async Task What_is_in_a_block_is_reported_on_the_block_without_a_fix()
    {
        var diagnostic = Assert.Single(await Advised.Of(Advised.Usings + """
            [Dense(8)][BatchNorm(Activation = Activation.ReLU)][Dense(8)][BatchNorm] class Part;
            [Network][Input(4)][Block(typeof(Part))][Activation(Activation.ReLU)][Dense(3)][SoftmaxCrossEntropyLoss][Training] partial class Net;
            """));

        Assert.Equal("batchNorm1 subtracts the mean, so the bias of dense1 has no effect: set Bias = false".Replace("batchNorm1", "block1.batchNorm1", StringComparison.Ordinal).Replace("dense1", "block1.dense1", StringComparison.Ordinal), diagnostic.GetMessage(null));
        Assert.Equal("Block(typeof(Part))", diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(diagnostic.Properties);
    }

    [Theory]
    [InlineData("SN1007", "[Input(4)][Dense(8)][Activation(Activation.Tanh)][Dense(3)][Activation(Activation.ReLU)][SoftmaxCrossEntropyLoss(From = \"activation2\")]")]
    [InlineData("SN1008", "[Input(4)][Maxout(1)][BinaryCrossEntropyLoss]")]
    [InlineData("SN1008", "[Input(4, Steps = 9)][LSTM(1, ReturnSequences = false)][BinaryCrossEntropyLoss]")]
    [InlineData("SN1023", "[Input(4)][Activation(Activation.Identity)][Dense(4)][Activation(Activation.Tanh)][Dense(4, Activation = Activation.Tanh)][Add(\"activation2\")][Dense(3)][SoftmaxCrossEntropyLoss]")]
    [InlineData("SN1027", "[Input(1, Steps = 99)][SimpleRNN(8)][LSTM(8)][Concat(\"lstm1\")][LastStep][Dense(1)][HuberLoss]")]
    public async Task A_remedy_that_would_break_something_else_is_not_offered(string id, string attributes)
    {
        var found = await Advised.Of(Advised.Usings + $"[Network]{attributes}[Training] partial class Net;");

        Assert.Empty(Assert.Single(found, diagnostic => diagnostic.Id == id).Properties);
    }

    [Fact]
    public async Task Steps_that_strides_take_do_not_make_a_sequence_long()
    {
        var found = await Advised.Of(Advised.Usings + "[Network][Input(1, Steps = 96)][CausalConv1D(8, Kernel = 8, Stride = 8)][SimpleRNN(8, ReturnSequences = false)][Dense(1)][HuberLoss][Training] partial class Net;");

        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "SN1027");
    }

    [Theory]
    [InlineData("[Dense(8)][Block(typeof(Frozen), Trainable = false)]")]
    [InlineData("[Dropout(0.5)][Block(typeof(Frozen), Trainable = false)]")]
    public async Task A_frozen_norm_subtracts_no_mean_of_the_batch(string attributes)
    {
        var found = await Advised.Of(Advised.Usings + $"[BatchNorm] class Frozen;\n[Network][Input(8)]{attributes}[Dense(3)][SoftmaxCrossEntropyLoss][Training] partial class Net;");

        Assert.DoesNotContain(found, diagnostic => diagnostic.Id is "SN1012" or "SN1013");
    }

    [Theory]
    [InlineData("[Dense(3)][Dense(3)] class Part; [Network][Input(4)][Block(typeof(Part))][Dense(2, From = \"input\")] partial class Net;")]
    [InlineData("[Network][Input(4)][Dense(3)][Dense(4, From = \"input\")][Dense(2, From = \"dense2\")] partial class Net;")]
    public async Task A_block_or_a_layer_that_gives_others_their_numbers_is_not_removed(string source)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("Project", LanguageNames.CSharp).WithParseOptions(Advised.ParseOptions).AddMetadataReferences(Advised.References).AddDocument("Source.cs", Advised.Usings + source);
        var faults = await (await document.Project.GetCompilationAsync())!.WithAnalyzers([new GeneratorFaults()]).GetAnalyzerDiagnosticsAsync();
        var unused = Assert.Single(faults, diagnostic => diagnostic.Id == "SN0019");

        await new DeclarationFixProvider().RegisterCodeFixesAsync(new CodeFixContext(document, unused, (action, _) => Assert.Fail($"{action.Title} is offered."), CancellationToken.None));
    }

    [Fact]
    public async Task A_block_with_an_unknown_attribute_is_left_to_the_compiler() => Assert.Empty(
        await Advised.Of(Advised.Usings + "[Dense(8)][Missing] class Part;\n[Network][Input(4)][Block(typeof(Part))][Dropout(0.9)][Dense(3)][SoftmaxCrossEntropyLoss][Training] partial class Net;"));

    [Fact]
    public void What_is_off_by_default_is_apart_so_that_it_is_not_computed()
    {
        Assert.DoesNotContain(new AdviceAnalyzer().SupportedDiagnostics, rule => !rule.IsEnabledByDefault);
        Assert.DoesNotContain(new CostAnalyzer().SupportedDiagnostics, rule => rule.IsEnabledByDefault);
    }

    private static Task Check<TAnalyzer, TFix>(int fix, string source, string corrected)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        {
            // The references are in a package: nothing is to be downloaded while tests run.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            TestCode = "using StaticNet;\n" + source,
            FixedCode = "using StaticNet;\n" + corrected,
            CodeActionIndex = fix,
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck | CodeFixTestBehaviors.SkipLocalDiagnosticCheck,
            MarkupOptions = MarkupOptions.UseFirstDescriptor,
        };
        test.TestState.AdditionalReferences.AddRange(Advised.References);
        return test.RunAsync();
    }
}
