using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Parsing;

namespace StaticNet.Generator.Analyzers;

/// <summary>
/// Says beside the compiler's CS0311, which speaks of a reference conversion, why a network cannot be the argument of <c>Trainer&lt;X&gt;</c>, or be
/// given to <c>Trainer.For</c>: it has no [Training], or is no network.
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
        context.RegisterOperationAction(CheckCall, OperationKind.Invalid);
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
                && context.SemanticModel.GetTypeInfo(arguments[index], context.CancellationToken).Type is { } type
                && WhyNot(type) is { } reason)
                context.ReportDiagnostic(Diagnostic.Create(Rules.NotTrainable, arguments[index].GetLocation(), type.Name, $"{name.Identifier.ValueText}<{type.Name}>", reason));
        }
    }

    /// <summary>Checks a call that the compiler refuses, whose type arguments it was to infer.</summary>
    private static void CheckCall(OperationAnalysisContext context)
    {
        if (context.Operation is not { SemanticModel: { } model, Syntax: InvocationExpressionSyntax call } || call.Expression is GenericNameSyntax or MemberAccessExpressionSyntax { Name: GenericNameSyntax })
            return;
        var info = model.GetSymbolInfo(call, context.CancellationToken);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol { IsGenericMethod: true } method)
            return;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        // An extension's first argument comes before the dot.
        ExpressionSyntax?[] arguments = method.ReducedFrom is null
            ? [.. call.ArgumentList.Arguments.Select(argument => argument.Expression)]
            : [(call.Expression as MemberAccessExpressionSyntax)?.Expression, .. call.ArgumentList.Arguments.Select(argument => argument.Expression)];
        for (var index = 0; index < Math.Min(arguments.Length, definition.Parameters.Length); index++)
        {
            if (definition.Parameters[index].Type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsTrainable)
                && arguments[index] is { } argument && model.GetTypeInfo(argument, context.CancellationToken).Type is { } type
                && WhyNot(type) is { } reason)
                context.ReportDiagnostic(Diagnostic.Create(Rules.NotTrainable, argument.GetLocation(), type.Name, $"{definition.ContainingType.Name}.{definition.Name}", reason));
        }
    }

    /// <summary>Why a type cannot be trained; null where it can, or is no class.</summary>
    private static string? WhyNot(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class } network && !network.AllInterfaces.Any(IsTrainable) ? WhyNot(new Declaration(network.OriginalDefinition)) : null;

    /// <summary>Why a class is no network that trains; null for one that would be, but for a fault that is reported on it.</summary>
    private static string? WhyNot(Declaration declaration) => declaration switch
    {
        { HasUnknown: true } => null,
        { Twin: { } twin } => $"it is the inference twin of {AttributeReader.TypeArgument(twin)?.Name}, which is to be trained instead",
        { Network: null } => "it is not a network; a network has [Network]",
        { Training: null } => "add [Training] to it, and a loss",
        _ => null,
    };

    private static bool IsTrainable(ITypeSymbol type) => type is { Name: Trainable, ContainingNamespace: { Name: "StaticNet", ContainingNamespace.IsGlobalNamespace: true } };
}
