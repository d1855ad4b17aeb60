using Microsoft.CodeAnalysis;

namespace StaticNet.Analyzers.Tests;

/// <summary>The networks of tests and samples: what is said of them is meant to be said.</summary>
public class RepositoryTests
{
    [Fact]
    public async Task Each_finding_in_tests_and_samples_has_its_reason()
    {
        var sources = new[] { "tests/StaticNet.Networks", "tests/StaticNet.Experiments", "tests/StaticNet.Benchmarks", "samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split('/', '\\').Any(part => part is "obj" or "bin" or "generated"))
            .Where(path => File.ReadAllText(path).Contains("[Network]", StringComparison.Ordinal));
        var imports = "global using System; global using System.Linq; global using System.Collections.Generic; global using StaticNet;";
        var diagnostics = await Advised.Of([imports, .. sources.Order(StringComparer.Ordinal).Select(File.ReadAllText)]);

        var found = diagnostics.Select(diagnostic => $"{diagnostic.Id} {ClassOf(diagnostic)}: {diagnostic.GetMessage(null)}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal("", string.Join("\n", found));
    }

    private static string ClassOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax>()!.Identifier.ValueText;
}
