using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Advice;
using StaticNet.Generator.Analyzers;

namespace StaticNet.Analyzers.Tests;

/// <summary>The example of each rule's page breaks the rule, and no rule once it is fixed.</summary>
public partial class PageTests
{
    /// <summary>The networks that programs of pages use.</summary>
    private const string Networks = """
        using StaticNet;
        [Network][Input(4)][Dense(8, Activation = Activation.Tanh)][Dense(3)][SoftmaxCrossEntropyLoss][Training] public sealed partial class Iris;
        [Network][Input(4)][Dense(8, Activation = Activation.PReLU)][Dense(3)][SoftmaxCrossEntropyLoss][Training] public sealed partial class Slopes;
        """;

    private static readonly Lazy<Compilation> Generated = new(() => Advised.Generate(Networks));

    public static TheoryData<string> NetworkRules => [.. AdviceCatalog.Rules.Concat(AdviceCatalog.OfTwins).Select(rule => rule.Descriptor.Id)];

    public static TheoryData<string> ProgramRules => [.. new UseAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id)];

    [Theory]
    [MemberData(nameof(NetworkRules))]
    public async Task The_example_of_a_network_breaks_its_rule_alone_and_the_fixed_one_none(string id)
    {
        var (reported, corrected) = ExampleOf(id);

        Assert.Equal([id], (await Advised.Of(Advised.Usings + reported)).Select(diagnostic => diagnostic.Id));
        Assert.Empty((await Advised.Of(Advised.Usings + corrected)).Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [MemberData(nameof(ProgramRules))]
    public async Task The_example_of_a_program_breaks_its_rule_alone_and_the_fixed_one_none(string id)
    {
        var (reported, corrected) = ExampleOf(id);

        Assert.Equal([id], (await Advised.OfProgram(Generated.Value, reported)).Select(diagnostic => diagnostic.Id));
        Assert.Empty((await Advised.OfProgram(Generated.Value, corrected)).Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public async Task The_page_of_costs_shows_what_is_said_of_a_layer()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "SN1039.md"));
        var compilation = Advised.Compile([Advised.Usings + Block().Match(page).Groups[1].Value]);
        var diagnostics = await Advised.Of(compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("SN1039", ReportDiagnostic.Info)])));

        Assert.Equal(
            ["conv1: 1×28×28 → 16×24×24; 400 weights in 1,600 bytes, 230,400 multiply-adds; each value depends on 5×5 positions of the input", "dense1: 2304 → 10; 23,040 weights in 92,160 bytes, 23,040 multiply-adds", "flatten1: 16×12×12 → 2304", "maxPool1: 16×24×24 → 16×12×12; each value depends on 6×6 positions of the input"],
            diagnostics.Select(diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal));
        Assert.Contains("On `[Conv2D]`: " + diagnostics[0].GetMessage(null), page.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static (string Reported, string Fixed) ExampleOf(string id)
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"))).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, blocks.Length);
        return (blocks[0], blocks[1]);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
