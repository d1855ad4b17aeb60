using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace StaticNet.Generator.Analyzers;

/// <summary>
/// Silences what the compiler says of the attributes of networks in an assembly that keeps to the Common Language Specification: they
/// take arrays (CS3016), which languages without such attributes need not read, since the generator alone does.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComplianceSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Arrays = new("SNS0001", "CS3016", "Attributes of networks are read by the generator, not by other languages.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(Arrays);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
                && context.GetSemanticModel(tree).GetSymbolInfo(attribute, context.CancellationToken).Symbol?.ContainingNamespace is { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true })
                context.ReportSuppression(Suppression.Create(Arrays, diagnostic));
        }
    }
}
