using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StaticNet.Generator.Advice;
using StaticNet.Generator.Diagnostics;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;

namespace StaticNet.CodeFixes;

/// <summary>Corrects faults of declarations that the generator reports, if there is hardly another way to mean them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclarationFixProvider))]
[Shared]
public sealed class DeclarationFixProvider : CodeFixProvider
{
    private static readonly string[] Probabilities = ["Softmax", "LogSoftmax", "Sigmoid"];

    private static readonly Dictionary<string, Func<Fault, IEnumerable<Correction>>> Corrections = new(StringComparer.Ordinal)
    {
        [Rules.NotPartial.Id] = MakePartial,
        [Rules.LossDoesNotFit.Id] = InsertFlatten,
        [Rules.AppliedTwice.Id] = RemoveActivation,
        [Rules.NoLoss.Id] = AddLoss,
        [Rules.StepTrains.Id] = UseSigmoid,
        [Rules.UnusedLayer.Id] = RemoveLayer,
        [Rules.NotMarked.Id] = AddNetwork,
        [Rules.LooksChannelsLast.Id] = ReorderInput,
    };

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = Corrections.Keys.ToImmutableArray();

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root!.FindNode(diagnostic.Location.SourceSpan);
            if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
                continue;
            var network = model?.GetDeclaredSymbol(type, context.CancellationToken) is { } symbol ? DeclaredNetwork.Read(symbol, context.CancellationToken) : null;
            var fault = new Fault(diagnostic, type, node.FirstAncestorOrSelf<AttributeSyntax>(), text, network);
            foreach (var (title, change) in Corrections[diagnostic.Id](fault))
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), diagnostic.Id + title), diagnostic);
        }
    }

    private static IEnumerable<Correction> MakePartial(Fault fault) =>
        [new($"Make {fault.Type.Identifier.ValueText} partial", new TextChange(new TextSpan(fault.Type.Keyword.SpanStart, 0), "partial "))];

    /// <summary>The layer that works along the last axis, or else the loss, needs a single axis.</summary>
    private static IEnumerable<Correction> InsertFlatten(Fault fault)
    {
        if (fault.Attribute is not { } loss || !fault.Diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("[Flatten]"))
            yield break;
        var layers = Attributes.Of(fault.Type).Where(Attributes.IsLayer).ToArray();
        var dense = layers.FirstOrDefault(layer => Attributes.NameOf(layer) is "Dense" or "Maxout");
        yield return new Correction("Insert [Flatten]", AttributeEdits.InsertBefore(dense ?? loss, "Flatten", fault.Text));
    }

    private static IEnumerable<Correction> RemoveActivation(Fault fault)
    {
        var from = fault.Attribute is { } loss ? Attributes.TextOf(Attributes.Named(loss, "From")) : null;
        var layers = Attributes.Of(fault.Type).Where(Attributes.IsLayer).ToArray();
        var layer = from is null ? layers.LastOrDefault() : layers.FirstOrDefault(layer => Attributes.TextOf(Attributes.Named(layer, "Name")) == from);
        if (layer is null || !Probabilities.Contains(Attributes.ActivationOf(layer)))
            yield break;
        // Without its layer, the name that the loss takes would be no one's.
        if (Attributes.NameOf(layer) == "Activation" && from is not null)
            yield break;
        if (Attributes.NameOf(layer) == "Activation")
            yield return new Correction("Remove the activation", AttributeEdits.Remove(layer, fault.Text));
        else
            yield return new Correction("Remove the activation", AttributeEdits.Replace(layer, AttributeEdits.Unset(layer, "Activation").ToString()));
    }

    /// <summary>The losses that fit the last layer: of classes, of a yes or no, of numbers.</summary>
    private static IEnumerable<Correction> AddLoss(Fault fault)
    {
        if (fault.Attribute is not { } training || Attributes.Of(fault.Type).LastOrDefault(Attributes.IsLayer) is not { } last)
            return [];
        var isOne = Attributes.Positional(last).FirstOrDefault()?.ToString() == "1";
        string[] losses = Attributes.ActivationOf(last) switch
        {
            "Sigmoid" => ["BinaryCrossEntropyLoss"],
            "Softmax" or "LogSoftmax" => [],
            "" when isOne => ["BinaryCrossEntropyWithLogitsLoss", "MeanSquaredErrorLoss"],
            "" => ["SoftmaxCrossEntropyLoss", "MeanSquaredErrorLoss"],
            _ => ["MeanSquaredErrorLoss"],
        };
        return losses.Select(loss => new Correction($"Add [{loss}]", AttributeEdits.InsertBefore(training, loss, fault.Text)));
    }

    private static IEnumerable<Correction> UseSigmoid(Fault fault)
    {
        const string sigmoid = "Activation.Sigmoid";
        if (fault.Attribute is not { } layer)
            yield break;
        var corrected = Attributes.NameOf(layer) == "Activation" ? AttributeEdits.SetFirst(layer, sigmoid) : AttributeEdits.Set(layer, "Activation", sigmoid);
        yield return new Correction("Use a sigmoid", AttributeEdits.Replace(layer, corrected.ToString()));
    }

    /// <summary>A layer of which no later one is called by its number. A block may have others that are used.</summary>
    private static IEnumerable<Correction> RemoveLayer(Fault fault)
    {
        if (fault.Attribute is { } attribute && fault.Network is { } network && network.LayerOf(attribute) is { Layer: not Block and var layer } && !new NetworkView(network.Spec, network.Graph).IsCalled(layer.Kind))
            yield return new Correction("Remove the layer", AttributeEdits.Remove(attribute, fault.Text));
    }

    private static IEnumerable<Correction> AddNetwork(Fault fault) =>
        [new("Add [Network]", AttributeEdits.InsertBefore(Attributes.Of(fault.Type).First(), "Network", fault.Text))];

    /// <summary>The sizes with the channels first, for data that have them first or last.</summary>
    private static IEnumerable<Correction> ReorderInput(Fault fault)
    {
        if (fault.Attribute is not { ArgumentList: { } list } input || Attributes.Positional(input).ToArray() is not { Length: 3 } sizes)
            yield break;
        var (height, width, channels) = (sizes[0], sizes[1], sizes[2]);
        var rest = string.Concat(list.Arguments.Skip(3).Where(argument => argument.NameEquals?.Name.Identifier.ValueText != "Layout").Select(argument => $", {argument}"));
        yield return new Correction("Put the channels first", new TextChange(list.Span, $"({channels}, {height}, {width}{rest})"));
        yield return new Correction("Put the channels first, for data that have them last", new TextChange(list.Span, $"({channels}, {height}, {width}{rest}, Layout = Layout.ChannelsLast)"));
    }

    /// <summary>What is wrong, and where; with the network, if it can be read.</summary>
    private sealed record Fault(Diagnostic Diagnostic, TypeDeclarationSyntax Type, AttributeSyntax? Attribute, SourceText Text, DeclaredNetwork? Network);

    /// <summary>A way to correct it.</summary>
    private sealed record Correction(string Title, TextChange Change);
}
