using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace StaticNet.Generator.Tests;

/// <summary>Compiles source text with the generator, as the compiler does for a user.</summary>
internal static class GeneratorHarness
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    /// <summary>The reference assemblies of .NET 10, StaticNet, and the tensors that its code uses.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location),
    ];

    public static SyntaxTree Parse(string source, string path = "Source.cs") => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    // Compilations that are made of one another read the references' metadata once for all, as long as their name is the same.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Tests",
        references: References,
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, checkOverflow: true, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation Compile(string assemblyName, IEnumerable<string> sources, params IEnumerable<MetadataReference> references) =>
        Compile([.. sources]).WithAssemblyName(assemblyName).AddReferences(references);

    public static CSharpCompilation Compile(params string[] sources) => Empty.AddSyntaxTrees(sources.Select((source, index) => Parse(source, $"Source{index}.cs")));

    /// <summary>A driver for a project that asks for these widths of vectors; null: all.</summary>
    public static GeneratorDriver Driver(string? vectorWidths = null) => Driver(vectorWidths is null ? [] : new Dictionary<string, string> { ["StaticNetVectorWidths"] = vectorWidths });

    /// <summary>A driver for a project with these properties.</summary>
    public static GeneratorDriver Driver(Dictionary<string, string> properties) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new Options(properties),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the generator; an exception in it fails the test.</summary>
    public static GeneratorRun Run(Compilation compilation, string? vectorWidths = null)
    {
        var driver = Driver(vectorWidths).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        var result = driver.GetRunResult().Results.Single();
        if (result.Exception is not null)
            throw new InvalidOperationException("The generator threw.", result.Exception);
        return new GeneratorRun(driver, result, output, diagnostics);
    }

    public static GeneratorRun Run(params string[] sources) => Run(Compile(sources));

    private sealed class Options(Dictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(Dictionary<string, string> properties) : AnalyzerConfigOptions
    {
        private const string Prefix = "build_property.";

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return key.StartsWith(Prefix, StringComparison.Ordinal) && properties.TryGetValue(key[Prefix.Length..], out value);
        }
    }
}

/// <summary>What one run of the generator gave.</summary>
/// <param name="Driver">The driver after the run, for the next one.</param>
/// <param name="Result">Files and steps.</param>
/// <param name="Compilation">The sources with the generated files.</param>
/// <param name="Diagnostics">What the generator reported.</param>
internal sealed record GeneratorRun(GeneratorDriver Driver, GeneratorRunResult Result, Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The generated texts by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString());

    /// <summary>Errors and warnings of the compiler on sources and generated files together.</summary>
    public IReadOnlyList<Diagnostic> CompilerDiagnostics =>
        [.. Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>Compiles and loads; an error or a warning fails the test.</summary>
    public Assembly Load()
    {
        Assert.Empty(Diagnostics);
        using var stream = new MemoryStream();
        // What the compiler says of documentation comes with the file of it.
        var result = Compilation.Emit(stream, xmlDocumentationStream: Stream.Null);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        stream.Position = 0;
        return new AssemblyLoadContext(Compilation.AssemblyName, isCollectible: true).LoadFromStream(stream);
    }
}
