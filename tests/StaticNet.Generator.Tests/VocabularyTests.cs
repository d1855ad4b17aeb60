using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticNet.Generator.Tests;

/// <summary>The library and the generator share their words: no enum and no default is written twice.</summary>
public class VocabularyTests
{
    private static readonly string Library = Path.Combine(Repository.Root, "src", "StaticNet");

    private static readonly string Generator = Path.Combine(Repository.Root, "generator", "StaticNet.Generator");

    [Fact]
    public void No_enum_is_written_twice()
    {
        var enums = Trees(Library).Concat(Trees(Generator))
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<EnumDeclarationSyntax>())
            .Select(declaration => (Name: declaration.Identifier.ValueText, Members: string.Join(", ", declaration.Members.Select(member => member.Identifier.ValueText))))
            .ToArray();

        Assert.Contains(enums, found => found.Name == nameof(Activation));
        Assert.Equal(enums.Select(found => found.Name).Distinct(), enums.Select(found => found.Name));
        Assert.Equal(enums.Select(found => found.Members).Distinct(), enums.Select(found => found.Members));
    }

    [Fact]
    public void Attributes_take_their_defaults_from_the_constants_that_the_generator_reads()
    {
        var attributes = Trees(Library).Where(tree => tree.FilePath.EndsWith("Attribute.cs", StringComparison.Ordinal)).SelectMany(tree => tree.GetRoot().DescendantNodes());
        var defaults = attributes
            .Select(node => node switch
            {
                PropertyDeclarationSyntax { Initializer: { } initializer } => initializer.Value,
                ParameterSyntax { Default: { } initializer } => initializer.Value,
                _ => null,
            })
            .OfType<ExpressionSyntax>()
            .ToArray();

        Assert.NotEmpty(defaults);
        Assert.Empty(defaults.Where(value => !IsShared(value)).Select(Describe));
    }

    [Fact]
    public void The_generator_reads_arguments_with_those_constants_or_the_defaults_of_types()
    {
        var calls = Trees(Generator).SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Int32" or "Single" or "Double" or "Boolean" }
                && call.ArgumentList.Arguments.Count == 2)
            .ToArray();

        Assert.NotEmpty(calls);
        Assert.Empty(calls.Where(call => !IsShared(call.ArgumentList.Arguments[1].Expression)).Select(Describe));
    }

    private static bool IsShared(ExpressionSyntax value) =>
        value is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(Vocabulary.Defaults) } };

    private static string Describe(SyntaxNode node) =>
        $"{Path.GetFileName(node.SyntaxTree.FilePath)}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {node}";

    private static IEnumerable<SyntaxTree> Trees(string project) => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
        .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file));
}
