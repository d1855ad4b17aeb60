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

    private static (string Reported, string Fixed) ExampleOf(string id)
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"))).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, blocks.Length);
        return (blocks[0], blocks[1]);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
