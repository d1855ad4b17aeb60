using Microsoft.CodeAnalysis;

namespace StaticNet.Generator.Tests;

/// <summary>What users can do about a warning.</summary>
public class SuppressionTests
{
    private const string Source = """
        using StaticNet;
        [Network][Input(4)]
        PRAGMA
        [Dense(3)]
        [Dense(2, From = "input")]
        partial class Net;
        """;

    [Fact]
    public void A_warning_keeps_the_code_coming()
    {
        var run = GeneratorHarness.Run(Source.Replace("PRAGMA", "", StringComparison.Ordinal));

        Assert.Equal(("SN0019", DiagnosticSeverity.Warning), (Assert.Single(run.Diagnostics).Id, run.Diagnostics[0].Severity));
        Assert.Single(Specs.Of(run));
    }

    [Fact]
    public void A_pragma_turns_a_warning_off()
    {
        var run = GeneratorHarness.Run(Source.Replace("PRAGMA", "#pragma warning disable SN0019", StringComparison.Ordinal));

        Assert.Empty(run.Diagnostics.Where(diagnostic => !diagnostic.IsSuppressed));
        Assert.Single(Specs.Of(run));
    }

    [Fact]
    public void A_pragma_does_not_turn_an_error_off()
    {
        var run = GeneratorHarness.Run(Source.Replace("PRAGMA", "#pragma warning disable SN0003\n[Dense(0)]", StringComparison.Ordinal));

        Assert.Equal("SN0003", Assert.Single(run.Diagnostics, diagnostic => !diagnostic.IsSuppressed).Id);
        Assert.Empty(Specs.Of(run));
    }
}
