using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace StaticNet.Generator.Tests;

/// <summary>
/// Roslyn's own test of a generator: what it reports and which files it writes. What a network does when it runs, with which vectors, and
/// which steps of the pipeline run again is the <see cref="GeneratorHarness"/>'s.
/// </summary>
internal sealed class SourceGeneratorTest : CSharpSourceGeneratorTest<NetworkGenerator, DefaultVerifier>
{
    public SourceGeneratorTest(string source)
    {
        // The references are in a package: nothing is to be downloaded while tests run.
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(GeneratorHarness.References);
        TestState.Sources.Add(source);
    }

    /// <summary>Expects a diagnostic wherever the source has a numbered mark: <c>{|#0:…|}</c>, <c>{|#1:…|}</c>.</summary>
    /// <param name="id">The number of the rule.</param>
    /// <param name="message">The message; null where any will do.</param>
    /// <param name="mark">The number of the mark.</param>
    public SourceGeneratorTest Expects(string id, string? message, int mark)
    {
        var diagnostic = new DiagnosticResult(id, RuleTests.AllRules.Single(rule => rule.Id == id).DefaultSeverity).WithLocation(mark);
        ExpectedDiagnostics.Add(message is null ? diagnostic : diagnostic.WithMessage(message));
        return this;
    }

    /// <summary>Expects a generated file.</summary>
    public SourceGeneratorTest Writes(string name, string text)
    {
        TestState.GeneratedSources.Add((typeof(NetworkGenerator), name, text));
        return this;
    }

    /// <summary>Sets a property of the project.</summary>
    public SourceGeneratorTest With(string property, string value)
    {
        TestState.AnalyzerConfigFiles.Add(("/.globalconfig", string.Create(CultureInfo.InvariantCulture, $"is_global = true\nbuild_property.{property} = {value}\n")));
        return this;
    }

    protected override ParseOptions CreateParseOptions() => GeneratorHarness.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() =>
        ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(NullableContextOptions.Enable);
}
