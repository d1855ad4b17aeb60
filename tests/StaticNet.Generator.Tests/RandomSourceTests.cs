using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticNet.Generator.Tests;

/// <summary>Arbitrary attribute lists by the thousand: each compiles, or has an error on one of its attributes.</summary>
public class RandomSourceTests
{
    private const int ClassesPerCompilation = 250;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 128)]
    [InlineData(3, 256)]
    [InlineData(4, 512)]
    public void Every_list_compiles_or_has_an_error_on_an_attribute(int seed, int vectorBits)
    {
        var random = new RandomSource(seed);
        var classes = Enumerable.Range(0, ClassesPerCompilation).ToDictionary(number => $"Net{number}", number => random.Class($"Net{number}"));
        var run = GeneratorHarness.Run(GeneratorHarness.Compile(RandomSource.Blocks, "using StaticNet;\n" + string.Join("\n", classes.Values)), vectorBits == 0 ? null : vectorBits.ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == "SN0024");
        Assert.Empty(run.CompilerDiagnostics);

        var faulty = run.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(ClassOf).ToHashSet();
        var served = Specs.Of(run).Select(spec => spec.Target.Name).ToHashSet();

        Assert.Equal(classes.Keys.Order(), faulty.Concat(served).Order());
        Assert.InRange(served.Count, ClassesPerCompilation / 10, ClassesPerCompilation);
    }

    /// <summary>The class whose attribute a diagnostic is on; the test fails if it is on anything else.</summary>
    private static string ClassOf(Diagnostic diagnostic)
    {
        var node = diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan);
        Assert.Equal(diagnostic.Location.SourceSpan, Assert.IsType<AttributeSyntax>(node).Span);
        return node.FirstAncestorOrSelf<ClassDeclarationSyntax>()!.Identifier.Text;
    }
}
