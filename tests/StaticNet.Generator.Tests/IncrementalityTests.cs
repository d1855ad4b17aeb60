using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Tests;

/// <summary>An edit runs again only what depends on it: an IDE asks at every key.</summary>
public class IncrementalityTests
{
    private const string Networks = """
        using StaticNet;
        [Dense(3)] class Part;
        [Network][Input(4)][Dense(8)][Block(typeof(Part))][SoftmaxCrossEntropyLoss][Training] partial class First;
        [Network][Input(4)][Dense(2)] partial class Second;
        [InferenceOf(typeof(First))] partial class Twin;
        """;

    private const string Program = "class Program { static void Main() { } }";

    private static readonly IncrementalStepRunReason[] Idle = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    [Theory]
    [InlineData(0, "using StaticNet;", "using StaticNet; // a comment that moves everything below")]
    [InlineData(0, "partial class Second;", "partial class Second; class Unrelated { int a; }")]
    [InlineData(0, "[Dense(2)]", "[ Dense( 1 + 1 ) ]")]
    [InlineData(1, "{ }", "{ System.Console.WriteLine(); }")]
    [InlineData(1, "class Program", "class Another { } class Program")]
    public void After_an_unrelated_edit_no_output_is_written_again(int file, string old, string changed)
    {
        var result = Rerun(file, old, changed);

        AssertIdle(result, NetworkGenerator.ModelStep);
        AssertIdle(result, NetworkGenerator.NetworkStep);
        AssertIdle(result, NetworkGenerator.OptionStep);
        Assert.All(Outputs(result), output => Assert.Contains(output.Reason, Idle));
    }

    [Theory]
    [InlineData("[Dense(2)] partial class Second", "[Dense(5)] partial class Second", "Second")]
    [InlineData("[Dense(3)] class Part", "[Dense(5)] class Part", "First,Twin")]
    [InlineData("[Training]", "[Training(BatchSize = 8)]", "First")]
    public void After_an_edit_of_a_layer_its_networks_alone_are_written_again(string old, string changed, string networks)
    {
        var result = Rerun(0, old, changed);
        var modified = result.TrackedSteps[NetworkGenerator.NetworkStep]
            .SelectMany(step => step.Outputs)
            .Where(output => !Idle.Contains(output.Reason))
            .Select(output => ((Layers.NetworkSpec)output.Value).Target.Name);

        Assert.Equal(networks, string.Join(",", modified.Order()));
        Assert.Contains(Outputs(result), output => output.Reason == IncrementalStepRunReason.Modified);
    }

    [Theory]
    [InlineData("{ }", "{ System.Console.WriteLine(); }", true)]
    [InlineData("class Program", "/* a comment */ class Program", true)]
    [InlineData("static void Main", "const int Width = 4; static void Main", false)]
    [InlineData("class Program", "class Another { } class Program", false)]
    public void Networks_are_read_again_only_if_another_file_declares_something_else(string old, string changed, bool isRemembered)
    {
        var trees = new[] { Networks, Program }.Select((source, index) => GeneratorHarness.Parse(source, $"Source{index}.cs")).ToArray();
        var before = GeneratorHarness.Compile().AddSyntaxTrees(trees);
        var after = before.ReplaceSyntaxTree(trees[1], GeneratorHarness.Parse(Program.Replace(old, changed, StringComparison.Ordinal), trees[1].FilePath));

        Assert.Equal(isRemembered, Parsing.DeclarationSurface.Of(before) == Parsing.DeclarationSurface.Of(after));
    }

    [Fact]
    public void A_constant_of_another_file_changes_the_networks_that_use_it()
    {
        string[] sources = ["using StaticNet; [Network][Input(4)][Dense(Sizes.Width)] partial class Net;", "static class Sizes { public const int Width = 3; }"];
        var run = GeneratorHarness.Run(sources);
        var compilation = run.Compilation.RemoveSyntaxTrees(run.Result.GeneratedSources.Select(source => source.SyntaxTree));
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Source1.cs");

        var result = run.Driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, GeneratorHarness.Parse(sources[1].Replace("3", "5", StringComparison.Ordinal), tree.FilePath))).GetRunResult();

        Assert.Contains("OutputLength = 5;", result.Results.Single().GeneratedSources.Single(file => file.HintName == "Net.g.cs").SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_is_removed_loses_its_files()
    {
        var before = GeneratorHarness.Run(Networks, Program);
        var after = Rerun(0, "[Network][Input(4)][Dense(2)] partial class Second;", "");

        Assert.Contains(before.Files.Keys, name => name.StartsWith("Second.", StringComparison.Ordinal));
        Assert.DoesNotContain(after.GeneratedSources, file => file.HintName.StartsWith("Second.", StringComparison.Ordinal));
    }

    private static GeneratorRunResult Rerun(int file, string old, string changed)
    {
        var sources = new[] { Networks, Program };
        var run = GeneratorHarness.Run(sources);
        Assert.Empty(run.Diagnostics);
        Assert.Contains(old, sources[file], StringComparison.Ordinal);

        var compilation = run.Compilation.RemoveSyntaxTrees(run.Result.GeneratedSources.Select(source => source.SyntaxTree));
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == $"Source{file}.cs");
        compilation = compilation.ReplaceSyntaxTree(tree, GeneratorHarness.Parse(sources[file].Replace(old, changed, StringComparison.Ordinal), tree.FilePath));
        return run.Driver.RunGenerators(compilation).GetRunResult().Results.Single();
    }

    private static void AssertIdle(GeneratorRunResult result, string step)
    {
        var outputs = result.TrackedSteps[step].SelectMany(run => run.Outputs).ToArray();
        Assert.NotEmpty(outputs);
        Assert.All(outputs, output => Assert.Contains(output.Reason, Idle));
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(step => step.Outputs);
}
