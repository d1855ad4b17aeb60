using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Analyzers;

/// <summary>Says of programs what they are likely to have forgotten when they use a network.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UseAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Methods that compute in the network's own workspace.</summary>
    private static readonly string[] Computing = ["Forward", "ForwardBatch", "ForwardRaw", "ForwardRawBatch", "Predict"];

    /// <summary>Methods that do nothing but return their result.</summary>
    private static readonly string[] Pure = ["Evaluate", "ConfusionMatrix", "ToStateDict", "ShareWeights", "GradientsToStateDict", "FindLearningRate"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        AdviceRules.Untrained, AdviceRules.Shared, AdviceRules.Discarded, AdviceRules.ForgottenTraining, AdviceRules.DecayedSlopes, AdviceRules.OneByOne);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        // Without the library there is nothing to look for.
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("StaticNet.INetwork`1") is null)
                return;
            start.RegisterOperationAction(CheckCall, OperationKind.Invocation);
            start.RegisterOperationAction(CheckCreation, OperationKind.ObjectCreation);
        });
    }

    private static void CheckCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var method = call.TargetMethod;
        if (Pure.Contains(method.Name) && call.Parent is IExpressionStatementOperation && !method.ReturnsVoid && (IsOurs(method.ContainingType) || ReceiverOf(call) is { Type: { } type } && IsNetwork(type)))
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Discarded, call.Syntax.GetLocation(), method.Name));
        if (method.Name is "AddSingleton" && method.TypeArguments.LastOrDefault() is { } service && IsNetwork(service))
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Shared, call.Syntax.GetLocation(), service.Name, "a singleton is used by all requests at once", service.Name));
        if (!Computing.Contains(method.Name) || ReceiverOf(call) is not { Type: { } network } receiver || !IsNetwork(network))
            return;
        if (SharingCall(call, receiver) is { } sharing)
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Shared, call.Syntax.GetLocation(), network.Name, $"{sharing} calls it on several", network.Name));
        if (method.Name is "Forward" or "ForwardRaw" && IsOfSlice(call))
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.OneByOne, call.Syntax.GetLocation(), method.Name, method.Name + "Batch"));
    }

    private static void CheckCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not INamedTypeSymbol type)
            return;
        if (type is { Name: "Trainer", Arity: 1 } && IsOurs(type))
        {
            CheckTraining(context, creation, type.TypeArguments[0]);
            CheckSlopes(context, creation, type.TypeArguments[0]);
        }
        else if (creation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var variable } } && new Declaration(type) is { Network: not null })
        {
            var uses = UsesOf(creation, variable);
            if (uses.Length > 0 && uses.All(use => CalledOn(use) is { } called && Computing.Contains(called)))
                context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Untrained, creation.Syntax.GetLocation(), type.Name));
        }
    }

    /// <summary>A trainer that only fits, with a network that has no other name.</summary>
    private static void CheckTraining(OperationAnalysisContext context, IObjectCreationOperation creation, ITypeSymbol network)
    {
        var argument = Unconverted(creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value);
        var isItsOnlyUse = argument is IObjectCreationOperation || (argument is ILocalReferenceOperation local && UsesOf(creation, local.Local).Length == 1);
        if (!isItsOnlyUse || creation.Arguments.Any(HasCallbacks))
            return;
        var isForgotten = creation.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var variable } } => UsesOf(creation, variable) is { Length: > 0 } uses && uses.All(use => CalledOn(use) == "Fit" && use.Parent!.Parent is IExpressionStatementOperation),
            IInvocationOperation { TargetMethod.Name: "Fit", Parent: IExpressionStatementOperation } => true,
            _ => false,
        };
        if (isForgotten)
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.ForgottenTraining, creation.Syntax.GetLocation(), network.Name));
    }

    /// <summary>Options may hold callbacks that save the network.</summary>
    private static bool HasCallbacks(IArgumentOperation argument) => argument is { Parameter.Ordinal: 2, ArgumentKind: ArgumentKind.Explicit };

    private static void CheckSlopes(OperationAnalysisContext context, IObjectCreationOperation creation, ITypeSymbol network)
    {
        if (Unconverted(creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1)?.Value) is not IObjectCreationOperation { Initializer: { } settings } || network is not INamedTypeSymbol type)
            return;
        var isDecayed = Setting(settings, "DecayAll") is { } all && all.Value is { ConstantValue: { HasValue: true, Value: true } } && (Setting(settings, "WeightDecay") ?? Setting(settings, "L1")) is not null && Setting(settings, "Groups") is null;
        if (isDecayed && DeclaredNetwork.Read(type, context.CancellationToken) is { } declared && declared.Graph.Nodes.Any(node => LossRules.ActivationOf(node.Layer) == Activation.PReLU))
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.DecayedSlopes, Setting(settings, "DecayAll")!.Syntax.GetLocation(), type.Name));
    }

    private static ISimpleAssignmentOperation? Setting(IObjectOrCollectionInitializerOperation settings, string name) => settings.Initializers.OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation property && property.Property.Name == name);

    private static bool IsOurs(INamedTypeSymbol type)
    {
        var outermost = type.ContainingNamespace;
        while (outermost is { ContainingNamespace.IsGlobalNamespace: false })
            outermost = outermost.ContainingNamespace;
        return outermost is { Name: "StaticNet", IsGlobalNamespace: false };
    }

    private static bool IsNetwork(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && new Declaration(named.OriginalDefinition) is { Network: not null } or { Twin: not null };

    /// <summary>What a method is called on; an extension's first argument.</summary>
    private static IOperation? ReceiverOf(IInvocationOperation call) => Unconverted(call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault()?.Value : null));

    private static IOperation? Unconverted(IOperation? operation) => operation is IConversionOperation conversion ? Unconverted(conversion.Operand) : operation;

    /// <summary>The method to which a variable is passed as the object; null where it is used otherwise.</summary>
    private static string? CalledOn(IOperation use) => use.Parent switch
    {
        IInvocationOperation call when call.Instance == use => call.TargetMethod.Name,
        IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call } => call.TargetMethod.Name,
        _ => null,
    };

    private static IOperation[] UsesOf(IOperation place, ILocalSymbol variable)
    {
        var root = place;
        while (root.Parent is not null)
            root = root.Parent;
        return [.. root.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, variable))];
    }

    /// <summary>The method that runs a call on several threads, with a network that comes from outside.</summary>
    private static string? SharingCall(IInvocationOperation call, IOperation receiver)
    {
        for (var operation = call.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is not IAnonymousFunctionOperation function)
                continue;
            if (receiver is ILocalReferenceOperation local && function.DescendantsAndSelf().OfType<IVariableDeclaratorOperation>().Any(declared => SymbolEqualityComparer.Default.Equals(declared.Symbol, local.Local)))
                return null;
            if (receiver is IParameterReferenceOperation parameter && function.Symbol.Parameters.Contains(parameter.Parameter, SymbolEqualityComparer.Default))
                return null;
            if (receiver is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation }))
                return null;
            var taker = function.Parent;
            while (taker is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
                taker = taker.Parent;
            if (taker is IInvocationOperation { TargetMethod: { ContainingType: { } type } method } && type.ToDisplayString() is "System.Threading.Tasks.Parallel" or "System.Linq.ParallelEnumerable")
                return $"{type.Name}.{method.Name}";
        }

        return null;
    }

    /// <summary>Whether a call in a for loop takes the part of a span that the loop's variable names.</summary>
    private static bool IsOfSlice(IInvocationOperation call)
    {
        if (call.Syntax.FirstAncestorOrSelf<ForStatementSyntax>() is not { Declaration.Variables: { Count: 1 } counters } || call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "input" or "inputs")?.Syntax is not { } input)
            return false;
        var isPart = input.DescendantNodesAndSelf().Any(node => node is RangeExpressionSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Slice" or "AsSpan" } });
        return isPart && input.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == counters[0].Identifier.ValueText);
    }
}
