using System.Reflection;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Diagnostics;

namespace StaticNet.Generator.Tests;

/// <summary>Rules, their release file and their pages agree.</summary>
public class RuleTests
{
    /// <summary>The first number of the rules about what compiles.</summary>
    private const int FirstAdvice = 1001;

    public static IReadOnlyList<DiagnosticDescriptor> AllRules { get; } = [.. RulesOf(typeof(Rules)), .. RulesOf(typeof(AdviceRules))];

    private static string Root { get; } = Repository.Root;

    [Fact]
    public void Numbers_follow_one_another()
    {
        string[] faults = [.. RulesOf(typeof(Rules)).Select(rule => rule.Id)], advice = [.. RulesOf(typeof(AdviceRules)).Select(rule => rule.Id)];
        Assert.NotEmpty(faults);
        Assert.NotEmpty(advice);
        Assert.Equal(Enumerable.Range(1, faults.Length).Select(number => $"SN{number:D4}"), faults);
        Assert.Equal(Enumerable.Range(FirstAdvice, advice.Length).Select(number => $"SN{number:D4}"), advice);
    }

    [Fact]
    public void Every_rule_links_to_its_page() =>
        Assert.All(AllRules, rule => Assert.EndsWith($"docs/diagnostics/{rule.Id}.md", rule.HelpLinkUri, StringComparison.Ordinal));

    [Fact]
    public void The_release_file_lists_every_rule()
    {
        var expected = AllRules.Select(rule => $"{rule.Id} | StaticNet | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "Disabled")} | {rule.Title}");
        var rows = new[] { "Shipped", "Unshipped" }
            .SelectMany(name => File.ReadLines(Path.Combine(Root, $"generator/StaticNet.Generator/Diagnostics/AnalyzerReleases.{name}.md")))
            .Where(line => line.StartsWith("SN", StringComparison.Ordinal));

        Assert.Equal(expected, rows.Order());
    }

    [Fact]
    public void Every_rule_has_a_page_with_problem_fix_and_example()
    {
        Assert.All(AllRules, rule =>
        {
            var page = File.ReadAllText(Path.Combine(Root, $"docs/diagnostics/{rule.Id}.md"));
            Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page, StringComparison.Ordinal);
            Assert.Contains("\n## Problem\n", page, StringComparison.Ordinal);
            Assert.Contains("\n## Fix\n", page, StringComparison.Ordinal);
            Assert.Contains("\n## Example\n", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_index_and_the_folder_hold_exactly_the_rules()
    {
        var folder = Path.Combine(Root, "docs/diagnostics");
        var rows = File.ReadLines(Path.Combine(folder, "README.md")).Where(line => line.StartsWith("| [SN", StringComparison.Ordinal));

        Assert.Equal(AllRules.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.DefaultSeverity} | {rule.Title} |"), rows);
        Assert.Equal(AllRules.Select(rule => rule.Id), Directory.GetFiles(folder, "SN*.md").Select(Path.GetFileNameWithoutExtension).Order());
    }

    private static IEnumerable<DiagnosticDescriptor> RulesOf(Type rules) =>
        rules.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>();
}
