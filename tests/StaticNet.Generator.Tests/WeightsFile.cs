using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.Generator.Tests;

/// <summary>A file of weights as the build hands it to the generator.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Resource">The name under which the build embeds it; null where it does not.</param>
/// <param name="Bake">Whether the build bakes its numbers into code instead.</param>
internal sealed record WeightsFile(string Path, string? Resource, bool Bake = false)
{
    /// <summary>Runs the generator on a project with files of weights.</summary>
    public static GeneratorRun Run(Compilation compilation, params WeightsFile[] files)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            additionalTexts: files.Select(file => new BinaryText(file.Path)),
            parseOptions: GeneratorHarness.ParseOptions,
            optionsProvider: new Options(files));
        var after = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        var result = after.GetRunResult().Results.Single();
        if (result.Exception is not null)
            throw new InvalidOperationException("The generator threw.", result.Exception);
        return new GeneratorRun(after, result, output, diagnostics);
    }

    private sealed class BinaryText(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => throw new InvalidOperationException("The file is no text.");
    }

    private sealed class Options(WeightsFile[] files) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(null, false);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
        {
            var file = files.Single(file => file.Path == textFile.Path);
            return new Values(file.Resource, file.Bake);
        }
    }

    private sealed class Values(string? resource, bool bake) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = key switch
            {
                "build_metadata.AdditionalFiles.StaticNetResource" => resource ?? "",
                "build_metadata.AdditionalFiles.StaticNetBake" when bake => "true",
                _ => "",
            };
            return value.Length > 0;
        }
    }
}
