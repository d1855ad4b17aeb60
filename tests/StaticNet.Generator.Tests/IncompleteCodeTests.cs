using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Tests;

/// <summary>Code that does not compile, as it stands in an editor most of the time: no crash, and no word beside the compiler's.</summary>
public class IncompleteCodeTests
{
    private const string Source = """
        using StaticNet;
        namespace A.B
        {
            [Dense(8, Name = "inner"), Add("input")] class Part;
            partial class Outer<T>
            {
                [Network]
                [Input(2, 4)]
                [Flatten]
                [Dense(8, Activation = Activation.PReLU, Initializer = Initializer.Sparse, InitializerValue = 3)]
                [Block(typeof(Part), Name = "part", Trainable = false)]
                [Concat("part", "dense1", Axis = -1)]
                [HuberLoss(Delta = 2, From = "part")]
                [Training(BatchSize = 16)]
                public sealed partial class Net<U> { public Net(int a) : this() { } }
            }
            [InferenceOf(typeof(Outer<>.Net<>))] partial class Twin;
        }
        """;

    [Fact]
    public void At_every_key_of_typing_a_network_the_generator_survives()
    {
        for (var length = 0; length <= Source.Length; length++)
            AssertSurvives(Source[..length]);
    }

    [Fact]
    public void With_any_word_missing_the_generator_survives()
    {
        var tokens = GeneratorHarness.Parse(Source).GetRoot().DescendantTokens().Select(token => token.Span).Where(span => span.Length > 0).ToArray();

        Assert.True(tokens.Length > 100);
        foreach (var span in tokens)
            AssertSurvives(Source.Remove(span.Start, span.Length));
    }

    [Theory]
    [InlineData("[Dense]")]
    [InlineData("[Dense()]")]
    [InlineData("[Dense(\"8\")]")]
    [InlineData("[Dense(8, 9)]")]
    [InlineData("[Dense(4.5)]")]
    [InlineData("[Dense(8, Bias = 3)]")]
    [InlineData("[Dense(8, Name = 3)]")]
    [InlineData("[Dense(8, Nothing = 3)]")]
    [InlineData("[Dense(8, Activation = Activation.Nothing)]")]
    [InlineData("[Dense(unknown)]")]
    [InlineData("[Dense(int.MaxValue + 1)]")]
    [InlineData("[Block]")]
    [InlineData("[Block(typeof(Nothing))]")]
    [InlineData("[Block(typeof())]")]
    [InlineData("[Add(3)]")]
    [InlineData("[Reshape(1, \"2\")]")]
    [InlineData("[Dropout(\"a\")]")]
    [InlineData("[Nothing(3)]")]
    [InlineData("[Layer]")]
    [InlineData("[Parametric]")]
    public void An_attribute_that_does_not_compile_is_left_to_the_compiler(string attribute)
    {
        var run = GeneratorHarness.Run($"using StaticNet; [Network][Input(4)][Dense(3)]{attribute} partial class Net;");

        Assert.Empty(run.Diagnostics);
        Assert.Contains(run.CompilerDiagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id.StartsWith("CS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Network][Input(4)][Dense(3)] partial class")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class { }")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net<> { }")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net<T, > { }")]
    [InlineData("partial class { [Network][Input(4)][Dense(3)] partial class Net; }")]
    [InlineData("namespace { [Network][Input(4)][Dense(3)] partial class Net; }")]
    [InlineData("namespace A. { [Network][Input(4)][Dense(3)] partial class Net; }")]
    [InlineData("[Input(4)][Dense(3)] partial class")]
    public void Of_a_class_without_a_name_nothing_is_written_and_nothing_said(string source)
    {
        var run = GeneratorHarness.Run($"using StaticNet; {source}");

        Assert.Empty(run.Files);
        Assert.Empty(run.Diagnostics);
    }

    [Theory]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net; [Network][Input(4)][Dense(3)] partial class Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] class Net; [Network][Input(4)][Dense(3)] class Net;")]
    [InlineData("[Network][Network][Input(4)][Dense(3)] partial class Net;")]
    [InlineData("[Network][Input(4)][Input(5)][Dense(3)] partial class Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net; [Network][Input(4)][Dense(3)] partial record Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial struct Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial interface Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net : Missing;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net : Net;")]
    [InlineData("[Network][Input(4)][Dense(3)] partial class Net<T, T>;")]
    [InlineData("[InferenceOf(typeof(Net))] partial class Net;")]
    [InlineData("[InferenceOf(typeof(Missing))] partial class Net;")]
    [InlineData("[InferenceOf] partial class Net;")]
    [InlineData("namespace A { [Network][Input(4)][Dense(3)] partial class X; namespace X { [Network][Input(4)][Dense(3)] partial class Forward; } }")]
    public void A_class_that_does_not_compile_is_survived(string source) => AssertSurvives("using StaticNet;" + source);

    private static void AssertSurvives(string source)
    {
        // An exception in the generator fails the harness; a fault that it caught itself shows as SN0024.
        var run = GeneratorHarness.Run(source);

        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id is "SN0024" or "CS8785");
    }
}
