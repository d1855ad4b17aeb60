using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticNet.Generator.Tests;

/// <summary>Generated code is written as people would: nothing is left to be computed that was known, and no braces are without need.</summary>
public partial class ReadableCodeTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/StaticNet.Generator.Tests/Baselines"), "*.cs", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_arithmetic_is_left_over(string file) => Assert.DoesNotMatch(LeftOver(), Comments().Replace(Text(file), ""));

    [Theory]
    [MemberData(nameof(Files))]
    public void No_block_holds_nothing_but_a_block(string file) => Assert.Empty(
        CSharpSyntaxTree.ParseText(Text(file)).GetRoot().DescendantNodes().OfType<BlockSyntax>().Where(block => block.Statements is [BlockSyntax]).Select(block => block.ToString()));

    [Theory]
    [InlineData("x, 8 + 64)")]
    [InlineData("(top + 0)")]
    [InlineData("((0 * 36) + point)")]
    [InlineData("k += 1)")]
    [InlineData("const int row = 0;")]
    public void What_was_left_over_once_is_found(string text) => Assert.Matches(LeftOver(), text);

    private static string Text(string file) =>
        File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(Repository.Root, "tests/StaticNet.Generator.Tests/Baselines"), file, SearchOption.AllDirectories)));

    /// <summary>Two numbers (but for the last of a quotient or remainder), zero added, zero or one as a factor, and steps of one.</summary>
    [GeneratedRegex(@"(?<![%/] )(?<![\w.])\d+ [-+*] \d+(?![\w.])|[-+] 0(?![\w.])|(?<![\w.])0 \*|\* [01](?![\w.])|\+= 1[;)]|\+ -|const int [a-z]\w* = 0;")]
    private static partial Regex LeftOver();

    [GeneratedRegex("//.*")]
    private static partial Regex Comments();
}
