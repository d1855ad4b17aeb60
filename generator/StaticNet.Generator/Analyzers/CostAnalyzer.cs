using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator.Advice;

namespace StaticNet.Generator.Analyzers;

/// <summary>Says what each layer computes and costs. It is apart from the other rules because an analyzer all of whose rules are off does not run.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CostAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = AdviceCatalog.OfAll.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(symbol => AdviceAnalyzer.Report(symbol, spec => spec.IsTwin ? [] : AdviceCatalog.OfAll), SymbolKind.NamedType);
    }
}
