using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator.Analyzers;

namespace StaticNet.Generator.Tests;

/// <summary>Faults that are not one attribute's: the project's language, names that the compiler does not know, uses of a network.</summary>
public class ProjectFaultTests
{
    private const string Trainer = """
        using StaticNet;
        class Trainer<T> where T : class, ITrainableNetwork<T> { public Trainer(T network) { } public static void Train<TOther>(TOther other) where TOther : class, ITrainableNetwork<TOther> { } }
        static class Trainer { public static Trainer<T> For<T>(T network) where T : class, ITrainableNetwork<T> => new(network); }
        static class Extensions { public static void Gradients<T>(this T network, int count) where T : class, ITrainableNetwork<T> { } }

        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public void A_language_that_is_too_old_is_told_once_and_nothing_is_generated(LanguageVersion version, string name)
    {
        var options = new CSharpParseOptions(version);
        string[] sources = ["using StaticNet; [Network][Input(4)][Dense(3)] partial class A { }", "using StaticNet; [Network][Input(0)] class B { } [InferenceOf(typeof(A))] partial class Twin { }"];
        var compilation = GeneratorHarness.Compile().AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(source, options)))
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("SN0034", diagnostic.Id);
        Assert.Equal($"Generated code is C# 12, but this project uses C# {name}: set <LangVersion>12</LangVersion> in the project, or remove its LangVersion", Message(diagnostic));
        Assert.Equal(compilation.SyntaxTrees, output.SyntaxTrees);
        Assert.DoesNotContain(output.GetDiagnostics(), other => other.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("[Network][Input(4)][Dence(2)] partial class Net;")]
    [InlineData("[Network][Inputt(4)][Dense(2)] partial class Net;")]
    [InlineData("[Network][Input(4)][Dense(2)][SoftmaxCrossEntropiLoss][Training] partial class Net;")]
    [InlineData("[Network][Input(1, 8, 8)][Flaten][Dense(2)][SoftmaxCrossEntropyLoss][Training] partial class Net;")]
    [InlineData("[Network][Input(4)][Dence(2, Name = \"a\")][Dense(2)][Add(\"a\")] partial class Net;")]
    [InlineData("[Netwerk][Input(4)][Dense(2)][HingeLoss][Training] partial class Net;")]
    [InlineData("[Dence(2)] class Part; [Network][Input(4)][Block(typeof(Part))] partial class Net;")]
    public void Beside_a_misspelled_attribute_nothing_is_added(string source)
    {
        var run = GeneratorHarness.Run("using StaticNet; " + source);

        Assert.Empty(run.Diagnostics);
        Assert.All(run.CompilerDiagnostics, diagnostic => Assert.Equal("CS0246", diagnostic.Id));
        Assert.NotEmpty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("[Network][Input(4)][Dense(3)] struct Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial struct Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] interface Net;")]
    public void What_is_no_class_is_left_to_the_compiler(string source)
    {
        var run = GeneratorHarness.Run("using StaticNet; " + source);

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Files);
        Assert.All(run.CompilerDiagnostics, diagnostic => Assert.Equal("CS0592", diagnostic.Id));
    }

    [Theory]
    [InlineData("class FutureAttribute : LayerAttribute", "layers")]
    [InlineData("class FutureAttribute : LossAttribute", "losses")]
    [InlineData("class FutureAttribute : ConvolutionAttribute", "layers")]
    public void A_layer_that_there_is_no_code_for_is_told(string declaration, string kind)
    {
        // The constructors of the bases are not for others, which the compiler says too.
        var marked = Marked.Parse($"using StaticNet; {declaration}; [Network][Input(4)][Dense(3)][[|Future|]] partial class Net; [Future] class Part; [Network][Input(4)][[|Block(typeof(Part))|]] partial class Other;");
        var run = GeneratorHarness.Run(marked.Source);

        Assert.Equal(marked.Spans, run.Diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan).Order());
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("SN0033", diagnostic.Id));
        Assert.Equal($"The generator does not know [Future], which is none of the {kind} of this version: use one of those, and the same version of StaticNet and its generator", Message(run.Diagnostics[0]));
        Assert.Empty(run.Files);
    }

    [Theory]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net; class User { object A = new Trainer<[|Net|]>(new Net()); }", "Net cannot be trained by Trainer<Net>: add [Training] to it, and a loss")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net; class User { void F() => Trainer<int[]>.Train<[|Net|]>(null!); }", "Net cannot be trained by Train<Net>: add [Training] to it, and a loss")]
    [InlineData("[Network][Input(4)][Dense(3)][HingeLoss][Training] partial class Net; [InferenceOf(typeof(Net))] partial class Twin; class User { Trainer<[|Twin|]>? A; Trainer<Net>? B; }", "Twin cannot be trained by Trainer<Twin>: it is the inference twin of Net, which is to be trained instead")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net; class User { object A = Trainer.For([|new Net()|]); }", "Net cannot be trained by Trainer.For: add [Training] to it, and a loss")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net; class User { void F(Net net) => [|net|].Gradients(1); }", "Net cannot be trained by Extensions.Gradients: add [Training] to it, and a loss")]
    [InlineData("class Net; class User { Trainer<[|Net|]>? A; }", "Net cannot be trained by Trainer<Net>: it is not a network; a network has [Network]")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net<T>; class User { Trainer<[|Net<int>|]>? A; }", "Net cannot be trained by Trainer<Net>: add [Training] to it, and a loss")]
    public async Task A_network_that_does_not_train_is_told_where_it_should(string source, string message)
    {
        var marked = Marked.Parse(Trainer + source);
        var diagnostic = Assert.Single(await Analyze(marked.Source));

        Assert.Equal("SN0037", diagnostic.Id);
        Assert.Equal(marked.Spans, [diagnostic.Location.SourceSpan]);
        Assert.Equal(message, Message(diagnostic));
    }

    [Theory]
    [InlineData("[Network][Input(4)][Dense(3)][HingeLoss][Training] partial class Net; class User { Trainer<Net>? A; }")]
    [InlineData("[Network][Input(4)][Dense(0)][HingeLoss][Training] partial class Net; class User { Trainer<Net>? A; }")]
    [InlineData("[Network][Input(4)][Dense(3)][HingeLoss][Training] partial class Net; class User { object A = Trainer.For(new Net()); void F(Net net) => net.Gradients(1); }")]
    [InlineData("[Network][Input(4)][Dense(3)][HingeLoss][Training] partial class Net; class User { object A = Trainer.For(new Net(), 1); object B = Trainer.For(); object C = Trainer.For(null); object D = Trainer.For(1); }")]
    [InlineData("[Netwerk][Input(4)] partial class Net; class User { Trainer<Net>? A; Trainer<Missing>? B; }")]
    [InlineData("class User<T> where T : class, ITrainableNetwork<T> { Trainer<T>? A; System.Collections.Generic.List<string>? B; }")]
    public async Task Nothing_is_told_of_a_network_that_trains_or_has_a_fault_of_its_own(string source) => Assert.Empty(await Analyze(Trainer + source));

    /// <summary>The compiler checks attributes of hidden classes too, and those of networks take arrays.</summary>
    [Fact]
    public async Task A_project_that_keeps_to_the_common_language_specification_is_not_told_of_the_attributes()
    {
        const string source = """
            using StaticNet;
            [assembly: System.CLSCompliant(true)]
            [Network][Input(1, 8, 8)][Conv2D(2, Connections = ["XX"])][Flatten][Dense(3, Name = "a")][Dense(3)][Add("a")][HingeLoss][Training] partial class Net;
            [Own(1)] class Other;
            class OwnAttribute : System.Attribute { public OwnAttribute(params int[] numbers) { } }
            """;
        var compilation = GeneratorHarness.Run(source).Compilation;
        var diagnostics = await compilation.WithAnalyzers([new ComplianceSuppressor()]).GetAllDiagnosticsAsync();

        Assert.True(compilation.GetDiagnostics().Count(diagnostic => diagnostic.Id == "CS3016") > 1);
        var told = Assert.Single(diagnostics, diagnostic => diagnostic is { IsSuppressed: false, Severity: >= DiagnosticSeverity.Warning });
        Assert.Equal(("CS3016", "Own(1)"), (told.Id, source.Substring(told.Location.SourceSpan.Start, told.Location.SourceSpan.Length)));
    }

    [Fact]
    public void A_project_is_told_once_that_its_networks_are_not_optimised()
    {
        var marked = Marked.Parse("using StaticNet; class Other; [[|Network|]][Input(4)][Dense(3)] partial class A; [Network][Input(4)][Dense(3)] partial class B; [InferenceOf(typeof(A))] partial class Twin;");
        var diagnostic = Assert.Single(SlowBuild(marked.Source));

        Assert.Equal(("SN0038", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal(marked.Spans, [diagnostic.Location.SourceSpan]);
        Assert.Equal(
            "A is compiled without optimisation, like everything in a Debug build, and runs many times slower: build with -c Release, or set <Optimize>true</Optimize> in the project "
            + "(with the networks in a library of their own, the rest stays easy to debug); <StaticNetDebugWarning>false</StaticNetDebugWarning> silences this",
            Message(diagnostic));
    }

    [Theory]
    [InlineData("true", OptimizationLevel.Release, "[Network][Input(4)][Dense(3)] partial class A;")]
    [InlineData("false", OptimizationLevel.Debug, "[Network][Input(4)][Dense(3)] partial class A;")]
    [InlineData("", OptimizationLevel.Debug, "[Network][Input(4)][Dense(3)] partial class A;")]
    [InlineData("true", OptimizationLevel.Debug, "class A;")]
    public void Nothing_is_told_of_an_optimised_project_or_where_it_is_silenced_or_without_networks(string warning, OptimizationLevel level, string source) =>
        Assert.Empty(SlowBuild("using StaticNet; " + source, warning, level));

    [Theory]
    [InlineData("64")]
    [InlineData("256;1024")]
    [InlineData("256|512")]
    [InlineData("all")]
    [InlineData("-128")]
    [InlineData(";")]
    public void A_project_is_told_once_of_widths_that_are_not_understood(string widths)
    {
        var marked = Marked.Parse("using StaticNet; class Other; [[|Network|]][Input(4)][Dense(3)] partial class A; [Network][Input(4)][Dense(3)] partial class B; [InferenceOf(typeof(A))] partial class Twin;");
        var diagnostic = Assert.Single(GeneratorHarness.Run(GeneratorHarness.Compile(marked.Source), widths).Diagnostics);

        Assert.Equal(("SN0039", DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.Equal(marked.Spans, [diagnostic.Location.SourceSpan]);
        Assert.Equal($"StaticNetVectorWidths is \"{widths}\", but must name one or more of 128, 256 and 512, such as \"256;512\"", Message(diagnostic));
    }

    [Fact]
    public void Nothing_is_told_of_widths_where_there_is_no_network() =>
        Assert.Empty(GeneratorHarness.Run(GeneratorHarness.Compile("class Other;"), "64").Diagnostics);

    private static ImmutableArray<Diagnostic> SlowBuild(string source, string warning = "true", OptimizationLevel level = OptimizationLevel.Debug)
    {
        var compilation = GeneratorHarness.Compile(source);
        GeneratorHarness.Driver(new Dictionary<string, string> { ["StaticNetDebugWarning"] = warning })
            .RunGeneratorsAndUpdateCompilation(compilation.WithOptions(compilation.Options.WithOptimizationLevel(level)), out _, out var diagnostics);
        return diagnostics;
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(string source) =>
        GeneratorHarness.Run(source).Compilation.WithAnalyzers([new TrainableAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
