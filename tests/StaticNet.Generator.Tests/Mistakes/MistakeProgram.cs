using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator.Analyzers;
using StaticNet.Training;

namespace StaticNet.Generator.Tests.Mistakes;

/// <summary>A snippet as a program of its own, compiled as a user's compiler does, and run if it can be.</summary>
/// <param name="networks">Networks that the snippet uses.</param>
/// <param name="mistake">The snippet.</param>
/// <param name="folder">The folder that it is built and run in.</param>
internal sealed class MistakeProgram(string networks, Mistake mistake, string folder)
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using StaticNet;
        global using StaticNet.Data;
        global using StaticNet.Optimizers;
        global using StaticNet.Training;
        global using StaticNet.Training.Metrics;
        """;

    // Missing documentation is no mistake here.
    private static readonly CSharpParseOptions Snippet = GeneratorHarness.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);

    // All programs are made of this one, so that the references' metadata is read once.
    private static readonly CSharpCompilation Empty = GeneratorHarness.Compile().AddReferences(MetadataReference.CreateFromFile(typeof(Trainer).Assembly.Location));

    private static readonly SyntaxTree UsingsTree = GeneratorHarness.Parse(Usings, "Usings.cs");

    // The networks are a library of their own, which is compiled once for all snippets.
    private static byte[]? _library;

    /// <summary>What the compiler says and, where there is no error, what the program writes and how it ends.</summary>
    public string WhatIsSaid() => (mistake.Language == "xml" ? SaidOfTheLanguage() : SaidOfTheSnippet())
        .ReplaceLineEndings("\n").Replace(folder, "/home/me/irises", StringComparison.Ordinal);

    // The line <LangVersion>11</LangVersion> in a project with networks.
    private string SaidOfTheLanguage()
    {
        var start = mistake.Code.IndexOf('>', StringComparison.Ordinal) + 1;
        Assert.True(LanguageVersionFacts.TryParse(mistake.Code[start..mistake.Code.IndexOf("</", StringComparison.Ordinal)], out var version));
        var options = new CSharpParseOptions(version);
        SyntaxTree[] sources = [CSharpSyntaxTree.ParseText(Usings, options), CSharpSyntaxTree.ParseText(networks, options, "Program.cs")];
        var driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options);
        var result = driver.RunGenerators(GeneratorHarness.Compile().AddSyntaxTrees(sources)).GetRunResult();
        return string.Create(CultureInfo.InvariantCulture, $"{Assert.Single(result.Diagnostics)}\n");
    }

    private string SaidOfTheSnippet()
    {
        var files = Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).Select(path => new WeightsFile(path, Path.GetFileName(path))).ToArray();
        var program = CSharpSyntaxTree.ParseText(mistake.Code, Snippet, "Program.cs");
        var isProgram = program.GetRoot().ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement));
        _library ??= Emit(GeneratorHarness.Run(Optimised(CSharpSyntaxTree.ParseText(networks, Snippet), OutputKind.DynamicallyLinkedLibrary)).Compilation);
        var compilation = Optimised(program, isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .WithAssemblyName("Mistake").AddReferences(MetadataReference.CreateFromImage(_library));
        var run = WeightsFile.Run(compilation, files);

        var said = new StringBuilder();
        var diagnostics = DiagnosticsOf(run);
        foreach (var diagnostic in diagnostics)
            said.Append(CultureInfo.InvariantCulture, $"{diagnostic}\n");
        if (isProgram && diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
            Run(run.Compilation, said);
        return said.ToString();
    }

    private static CSharpCompilation Optimised(SyntaxTree tree, OutputKind kind) => Empty.AddSyntaxTrees(UsingsTree, tree)
        .WithOptions(Empty.Options.WithOptimizationLevel(OptimizationLevel.Release).WithOutputKind(kind));

    private static byte[] Emit(Compilation compilation)
    {
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return stream.ToArray();
    }

    private static IReadOnlyList<Diagnostic> DiagnosticsOf(GeneratorRun run)
    {
        var analyzed = run.Compilation.WithAnalyzers([new TrainableAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return [.. run.Diagnostics.Concat(analyzed).Concat(run.CompilerDiagnostics).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private void Run(Compilation compilation, StringBuilder said)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        using var library = new MemoryStream(_library!);
        using var program = new MemoryStream(Emit(compilation));
        context.LoadFromStream(library);
        var main = context.LoadFromStream(program).EntryPoint!;

        var (home, output, errors) = (Environment.CurrentDirectory, Console.Out, Console.Error);
        using var writer = TextWriter.Synchronized(new StringWriter(said, CultureInfo.InvariantCulture));
        try
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(writer);
            Console.SetError(writer);
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        catch (TargetInvocationException exception)
        {
            // Of threads that all fail alike, the first.
            var cause = exception.InnerException is AggregateException several ? new AggregateException(several.InnerExceptions[0]) : exception.InnerException!;
            writer.WriteLine($"{cause.GetType()}: {cause.Message}");
        }
        finally
        {
            Environment.CurrentDirectory = home;
            Console.SetOut(output);
            Console.SetError(errors);
            context.Unload();
        }
    }
}
