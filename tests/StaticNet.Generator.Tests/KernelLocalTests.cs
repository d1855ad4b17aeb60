using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Text;
using StaticNet.Reference.Sampling;

namespace StaticNet.Generator.Tests;

/// <summary>
/// The names that kernels use themselves are kept from values, which are arguments of kernels and are called as users like.
/// </summary>
public class KernelLocalTests
{
    [Fact]
    public void No_value_is_called_like_a_local_of_a_kernel()
    {
        var reference = MetadataReference.CreateFromFile(typeof(RandomNetworks).Assembly.Location);
        var drawn = Enumerable.Range(900, 40)
            .SelectMany(seed => new[] { RandomNetworks.Spatial(seed).Source, RandomNetworks.Valid(seed).Source });
        var locals = BaselineNetworks.All.Values.Select(source => GeneratorHarness.Run("using StaticNet;\n" + source))
            .Append(GeneratorHarness.Run(GeneratorHarness.Compile("Locals", drawn, reference)))
            .SelectMany(run => run.Files.Values)
            .SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(IsKernel)
            .SelectMany(method => method.DescendantNodes())
            .Select(node => node switch
            {
                VariableDeclaratorSyntax local => local.Identifier.ValueText,
                SingleVariableDesignationSyntax local => local.Identifier.ValueText,
                ForEachStatementSyntax loop => loop.Identifier.ValueText,
                _ => null,
            })
            .OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(locals);
        Assert.DoesNotContain(locals, local => Names.Argument(local) == local);
    }

    private static bool IsKernel(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.StaticKeyword)
        && method.AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString().EndsWith("MethodImpl", StringComparison.Ordinal));
}
