using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Generator;

namespace StaticNet.Fuzz.Declarations;

/// <summary>What came of some declarations.</summary>
/// <param name="Faults">What is wrong; nothing is as it should be.</param>
/// <param name="Files">The generated files.</param>
/// <param name="MostLines">The lines of the network with the longest code.</param>
/// <param name="Time">How long the generator took.</param>
internal sealed record DeclarationCheck(IReadOnlyList<string> Faults, int Files, int MostLines, TimeSpan Time)
{
    /// <summary>A network's code has no more lines; see SN0028.</summary>
    private const int LineLimit = 100_000;

    /// <summary>The generator never takes so long; a machine that is busy with other things is no fault.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(120);

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "StaticNet.dll" or "StaticNet.Reference.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Runs the generator.</summary>
    /// <param name="sources">One file for each declaration.</param>
    /// <param name="isBound">Whether the compiler looks at what was written, beyond its syntax.</param>
    public static DeclarationCheck Of(IReadOnlyList<string> sources, bool isBound)
    {
        var compilation = CSharpCompilation.Create(
            "Declarations",
            sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, string.Create(CultureInfo.InvariantCulture, $"Source{index}.cs"))),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

        var watch = Stopwatch.StartNew();
        using var cancellation = new CancellationTokenSource();
        Compilation written = compilation;
        var run = Task.Run(() => driver.RunGeneratorsAndUpdateCompilation(compilation, out written, out _, cancellation.Token));
        if (!run.Wait(Hang))
        {
            cancellation.Cancel();
            return new DeclarationCheck([$"The generator takes more than {Hang.TotalSeconds:F0} s."], 0, 0, watch.Elapsed);
        }

        var time = watch.Elapsed;
        var result = run.Result.GetRunResult().Results.Single();
        var files = result.Exception is null ? result.GeneratedSources : [];
        var lines = files.GroupBy(file => NetworkOf(file.HintName)).Select(network => network.Sum(file => file.SourceText.Lines.Count)).DefaultIfEmpty(0).Max();
        return new DeclarationCheck([.. FaultsOf(result, lines), .. files.SelectMany(SyntaxFaultsOf), .. isBound ? CompilerFaultsOf(written, files) : []], files.Length, lines, time);
    }

    /// <summary>The network's part of a file's name: Space.Net of Space.Net.Forward.g.cs.</summary>
    private static string NetworkOf(string hintName)
    {
        string[] parts = [".g.cs", ".Layout", ".Forward", ".Backward", ".Vector128", ".Vector512"];
        return parts.Aggregate(hintName, (name, part) => name.EndsWith(part, StringComparison.Ordinal) ? name[..^part.Length] : name);
    }

    private static IEnumerable<string> FaultsOf(GeneratorRunResult result, int lines)
    {
        if (result.Exception is not null)
            yield return $"The generator threw {result.Exception}";
        foreach (var diagnostic in result.Diagnostics.IsDefault ? [] : result.Diagnostics.Where(diagnostic => diagnostic.Id == "SN0024"))
            yield return diagnostic.ToString();
        if (lines > LineLimit)
            yield return $"A network has {lines:N0} lines.";
    }

    private static IEnumerable<string> SyntaxFaultsOf(GeneratedSourceResult file) =>
        file.SyntaxTree.GetDiagnostics().Take(1).Select(diagnostic => $"{file.HintName}: {diagnostic}");

    /// <summary>What the compiler says of generated files alone: the declarations themselves may be wrong in every way.</summary>
    private static IEnumerable<string> CompilerFaultsOf(Compilation compilation, ImmutableArray<GeneratedSourceResult> files)
    {
        var trees = files.Select(file => file.SyntaxTree).ToHashSet();
        return compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && trees.Contains(tree))
            .Take(3).Select(diagnostic => diagnostic.ToString());
    }
}
