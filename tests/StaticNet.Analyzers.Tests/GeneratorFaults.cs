using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Emit;

namespace StaticNet.Analyzers.Tests;

/// <summary>Reports what the generator reports: tests of code fixes take the diagnostics of analyzers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class GeneratorFaults : DiagnosticAnalyzer
{
    private static readonly NetworkGenerator WithoutCode = new((_, _) => new NetworkCode([]));

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationAction(end =>
        {
            var options = (CSharpParseOptions)end.Compilation.SyntaxTrees.First().Options;
            foreach (var diagnostic in CSharpGeneratorDriver.Create([WithoutCode.AsSourceGenerator()], parseOptions: options).RunGenerators(end.Compilation).GetRunResult().Diagnostics)
                end.ReportDiagnostic(diagnostic);
        });
    }
}
