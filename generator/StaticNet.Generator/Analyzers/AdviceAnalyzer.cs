using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StaticNet.Generator.Advice;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;

namespace StaticNet.Generator.Analyzers;

/// <summary>Says of networks that compile what would make them learn better or run faster: each network is read once, for all rules.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AdviceAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The properties of a diagnostic that a code fix reads: the remedy's title, and its edits, for which the additional
    /// locations are the attributes.</summary>
    internal const string TitleProperty = "Title", EditsProperty = "Edits";

    /// <summary>What separates the edits in the property, and the parts of an edit.</summary>
    internal const char EditSeparator = '\n', PartSeparator = '\t';

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        AdviceCatalog.Rules.Concat(AdviceCatalog.OfTwins).Select(rule => rule.Descriptor).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        // Whoever loads weights has no choice of layers.
        context.RegisterSymbolAction(symbol => Report(symbol, spec => spec.IsTwin ? AdviceCatalog.OfTwins : spec.BatchSize is null ? [] : AdviceCatalog.Rules), SymbolKind.NamedType);
    }

    /// <summary>Reports where the network of a symbol breaks rules.</summary>
    /// <param name="context">The symbol.</param>
    /// <param name="rulesFor">The rules for a network.</param>
    internal static void Report(SymbolAnalysisContext context, Func<NetworkSpec, IReadOnlyList<AdviceRule>> rulesFor)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!DeclaredNetwork.IsNetworkOrTwin(type) || DeclaredNetwork.Read(type, context.CancellationToken) is not { } network || rulesFor(network.Spec) is not { Count: > 0 } rules)
            return;
        var view = new NetworkView(network.Spec, network.Graph);
        foreach (var rule in rules)
        {
            // A block that has the same layer many times breaks a rule once.
            foreach (var finding in rule.Find(view).GroupBy(finding => finding.Place).Select(group => group.First()))
            {
                if (network.LocationOf(finding.Place) is { } location)
                    context.ReportDiagnostic(Diagnostic(rule.Descriptor, location, finding, network));
            }
        }
    }

    private static Diagnostic Diagnostic(DiagnosticDescriptor descriptor, Location location, Finding finding, DeclaredNetwork network)
    {
        if (finding.Remedy is not { } remedy || remedy.Edits.Any(edit => IsOfBlock(edit.Place, network.Spec)))
            return Microsoft.CodeAnalysis.Diagnostic.Create(descriptor, location, finding.Arguments);
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(TitleProperty, remedy.Title)
            .Add(EditsProperty, string.Join(EditSeparator.ToString(), remedy.Edits.Select(edit => string.Join(PartSeparator.ToString(), edit.Kind, edit.Name, edit.Value))));
        return Microsoft.CodeAnalysis.Diagnostic.Create(descriptor, location, remedy.Edits.Select(edit => network.LocationOf(edit.Place)!), properties, finding.Arguments);
    }

    /// <summary>Whether an edit is of a layer in a block, whose attribute is on another class.</summary>
    private static bool IsOfBlock(Place place, NetworkSpec spec) => place.Kind == PlaceKind.Layer && spec.Layers[place.Index].Layer is Block;
}
