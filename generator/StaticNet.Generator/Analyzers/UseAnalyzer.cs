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
        if (method is { Name: "For", ContainingType: { Name: "Trainer", Arity: 0 } factory, TypeArguments: { Length: 1 } networks } && IsOurs(factory))
            CheckTrainer(context, call.Arguments, networks[0]);
        if (Pure.Contains(method.Name) && call.Parent is IExpressionStatementOperation && !method.ReturnsVoid && (IsOurs(method.ContainingType) || ReceiverOf(call) is { Type: { } type } && DeclaredNetwork.IsNetworkOrTwin(type)))
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Discarded, call.Syntax.GetLocation(), method.Name));
        if (method.Name is "AddSingleton" && method.TypeArguments.LastOrDefault() is { } service && DeclaredNetwork.IsNetworkOrTwin(service))
            context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Shared, call.Syntax.GetLocation(), service.Name, "a singleton is used by all requests at once", service.Name));
        if (!Computing.Contains(method.Name) || ReceiverOf(call) is not { Type: { } network } receiver || !DeclaredNetwork.IsNetworkOrTwin(network))
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
            CheckTrainer(context, creation.Arguments, type.TypeArguments[0]);
        }
        else if (creation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var variable } } && DeclaredNetwork.IsNetwork(type))
        {
            var uses = UsesOf(creation, variable);
            if (uses.Length > 0 && uses.All(use => CalledOn(use) is { } called && Computing.Contains(called)))
                context.ReportDiagnostic(Diagnostic.Create(AdviceRules.Untrained, creation.Syntax.GetLocation(), type.Name));
        }
    }

    /// <summary>Checks what makes a trainer of a network and an optimizer: its constructor, or <c>Trainer.For</c>.</summary>
    private static void CheckTrainer(OperationAnalysisContext context, ImmutableArray<IArgumentOperation> arguments, ITypeSymbol network)
    {
        CheckTraining(context, arguments, network);
        CheckSlopes(context, arguments, network);
    }

    /// <summary>A trainer that only fits, with a network that has no other name.</summary>
    private static void CheckTraining(OperationAnalysisContext context, ImmutableArray<IArgumentOperation> arguments, ITypeSymbol network)
    {
        var creation = context.Operation;
        var argument = Unconverted(arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value);
        var isItsOnlyUse = argument is IObjectCreationOperation || (argument is ILocalReferenceOperation local && UsesOf(creation, local.Local).Length == 1);
        if (!isItsOnlyUse || arguments.Any(HasCallbacks))
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

    private static void CheckSlopes(OperationAnalysisContext context, ImmutableArray<IArgumentOperation> arguments, ITypeSymbol network)
    {
        if (Unconverted(arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1)?.Value) is not IObjectCreationOperation { Initializer: { } settings } || network is not INamedTypeSymbol type)
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
            if (!IsFromOutside(receiver, function.Symbol))
                return null;
            var taker = function.Parent;
            while (taker is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
                taker = taker.Parent;
            if (taker is IInvocationOperation { TargetMethod: { ContainingType: { } type } method } && type.ToDisplayString() is "System.Threading.Tasks.Parallel" or "System.Linq.ParallelEnumerable")
                return $"{type.Name}.{method.Name}";
        }

        return null;
    }

    /// <summary>Whether a value is the same for all calls of a function: a variable from outside of it, or a member of the object that it is in.</summary>
    private static bool IsFromOutside(IOperation value, ISymbol function) => value switch
    {
        ILocalReferenceOperation local => !IsWithin(local.Local, function),
        IParameterReferenceOperation parameter => !IsWithin(parameter.Parameter, function),
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol, Instance: null or IInstanceReferenceOperation } => true,
        _ => false,
    };

    private static bool IsWithin(ISymbol symbol, ISymbol function)
    {
        for (var outer = symbol.ContainingSymbol; outer is not null; outer = outer.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(outer, function))
                return true;
        }

        return false;
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
