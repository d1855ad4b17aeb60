using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator;
using StaticNet.Generator.Analyzers;
using StaticNet.Training;

namespace StaticNet.Analyzers.Tests;

/// <summary>Runs the analyzers over sources.</summary>
internal static class Advised
{
    /// <summary>What is at the top of sources without usings.</summary>
    public const string Usings = """
        using System;
        using System.Threading.Tasks;
        using StaticNet;
        using StaticNet.Data;
        using StaticNet.Optimizers;
        using StaticNet.Training;

        """;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13);

    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Trainer).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location),
    ];

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Advised", references: References, options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new AdviceAnalyzer(), new CostAnalyzer(), new UseAnalyzer()];

    /// <summary>What is said of declarations.</summary>
    public static Task<ImmutableArray<Diagnostic>> Of(params IEnumerable<string> sources) => Of(Compile(sources));

    /// <summary>What is said of a program whose networks have their code.</summary>
    public static Task<ImmutableArray<Diagnostic>> OfProgram(Compilation networks, string program)
    {
        var whole = networks.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings + program, ParseOptions, "Program.cs"))
            .WithOptions(new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        Assert.Empty(whole.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Of(whole);
    }

    /// <summary>Networks with their code.</summary>
    public static Compilation Generate(string networks)
    {
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: ParseOptions).RunGeneratorsAndUpdateCompilation(Compile([networks]), out var whole, out var diagnostics);
        Assert.Empty(diagnostics);
        return whole;
    }

    public static CSharpCompilation Compile(IEnumerable<string> sources) =>
        Empty.AddSyntaxTrees(sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{index}.cs")));

    /// <summary>What is said of a compilation; an exception in an analyzer fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Of(Compilation compilation)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics;
    }
}
