using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticNet.Generator.Tests;

/// <summary>Generated members say that they are, so that tools leave them out; the user's own do not.</summary>
public class MarkedMembersTests
{
    [Theory]
    [MemberData(nameof(BaselineTests.Networks), MemberType = typeof(BaselineTests))]
    public void Every_generated_member_with_code_is_marked(string network)
    {
        var run = GeneratorHarness.Run("using StaticNet;\n" + BaselineNetworks.All[network]);
        var generated = run.Compilation.SyntaxTrees.Skip(1).SelectMany(tree => tree.GetRoot().DescendantNodes()
            .Where(node => node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            .Select(node => run.Compilation.GetSemanticModel(tree).GetDeclaredSymbol(node)!)).ToArray();

        Assert.NotEmpty(generated);
        Assert.All(generated, member =>
        {
            Assert.True(IsMarked(member, "System.CodeDom.Compiler.GeneratedCodeAttribute"), $"{member} is not marked as generated.");
            Assert.True(IsMarked(member, "System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverageAttribute"), $"{member} counts for coverage.");
        });
    }

    [Fact]
    public void No_member_of_the_user_is_marked()
    {
        var run = GeneratorHarness.Run("using StaticNet; [Network][Input(4)][Dense(2)] public partial class Net { public int Own() => 1; class Inner { int Value => 2; } }");
        var type = run.Compilation.GetTypeByMetadataName("Net")!;

        Assert.DoesNotContain(run.CompilerDiagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.All(new ISymbol[] { type, Assert.Single(type.GetMembers("Own")), Assert.Single(type.GetTypeMembers("Inner")) }, symbol => Assert.DoesNotContain(symbol.GetAttributes(), IsMark));
    }

    /// <summary>An initialiser runs in every constructor, and hot reload fails over it in a generated file.</summary>
    [Theory]
    [MemberData(nameof(BaselineTests.Networks), MemberType = typeof(BaselineTests))]
    public void No_member_of_the_network_has_an_initialiser(string network)
    {
        var run = GeneratorHarness.Run("using StaticNet;\n" + BaselineNetworks.All[network]);
        var members = run.Compilation.SyntaxTrees.Skip(1).SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(type => type.Modifiers.Any(modifier => modifier.ValueText == "partial"))
            .SelectMany(type => type.Members)).ToArray();

        Assert.NotEmpty(members);
        Assert.DoesNotContain(members, member => member is PropertyDeclarationSyntax { Initializer: not null }
            || (member is FieldDeclarationSyntax field && !field.Modifiers.Any(modifier => modifier.ValueText == "const") && field.Declaration.Variables.Any(variable => variable.Initializer is not null)));
    }

    private static bool IsMarked(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(data => data.AttributeClass!.ToDisplayString() == attribute)
        || (symbol.ContainingType is { DeclaringSyntaxReferences.Length: 1 } type && IsMarked(type, attribute));

    private static bool IsMark(AttributeData data) => data.AttributeClass!.Name is "GeneratedCodeAttribute" or "ExcludeFromCodeCoverageAttribute";
}
