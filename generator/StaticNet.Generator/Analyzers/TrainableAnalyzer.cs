using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Parsing;

namespace StaticNet.Generator.Analyzers;

/// <summary>
/// Says beside the compiler's CS0311, which speaks of a reference conversion, why a network cannot stand in <c>Trainer&lt;X&gt;</c>:
/// it has no [Training], or is no network.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainableAnalyzer : DiagnosticAnalyzer
{
    private const string Trainable = "ITrainableNetwork";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rules.NotTrainable);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.GenericName);
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        var name = (GenericNameSyntax)context.Node;
        var info = context.SemanticModel.GetSymbolInfo(name, context.CancellationToken);
        var parameters = (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
        {
            INamedTypeSymbol type => type.OriginalDefinition.TypeParameters,
            IMethodSymbol method => method.OriginalDefinition.TypeParameters,
            _ => ImmutableArray<ITypeParameterSymbol>.Empty,
        };
        var arguments = name.TypeArgumentList.Arguments;
        for (var index = 0; index < Math.Min(parameters.Length, arguments.Count); index++)
        {
            if (parameters[index].ConstraintTypes.Any(IsTrainable)
                && context.SemanticModel.GetTypeInfo(arguments[index], context.CancellationToken).Type is INamedTypeSymbol { TypeKind: TypeKind.Class } type
                && !type.AllInterfaces.Any(IsTrainable)
                && WhyNot(new Declaration(type.OriginalDefinition)) is { } reason)
                context.ReportDiagnostic(Diagnostic.Create(Rules.NotTrainable, arguments[index].GetLocation(), type.Name, name.Identifier.ValueText, reason));
        }
    }

    /// <summary>Why a class is no network that trains; null for one that would be, but for a fault that is reported on it.</summary>
    private static string? WhyNot(Declaration declaration) => declaration switch
    {
        { HasUnknown: true } => null,
        { Twin: { } twin } => $"it is the inference twin of {AttributeReader.TypeArgument(twin)?.Name}, which trains in its place",
        { Network: null } => "it is no network; a network has [Network]",
        { Training: null } => "add [Training] to it, and a loss",
        _ => null,
    };

    private static bool IsTrainable(ITypeSymbol type) => type is { Name: Trainable, ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } };
}
