using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StaticNet.Generator.Advice;
using StaticNet.Generator.Layers;
using StaticNet.Generator.Parsing;

namespace StaticNet.CodeFixes;

/// <summary>Changes how a network is declared and not what it computes: a twin for inference, layers as a block, a block as its layers.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(NetworkRefactoringProvider))]
[Shared]
public sealed class NetworkRefactoringProvider : CodeRefactoringProvider
{
    /// <summary>What the default names of blocks begin with.</summary>
    private const string OfBlock = "block";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root!.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return;
        var attributes = Attributes.Of(type).ToArray();
        if (attributes.Any(attribute => Attributes.NameOf(attribute) == "Network"))
            Offer("Make an inference twin", [AddTwin(type, await FreeNames.OfAsync(context.Document, type.Identifier.ValueText + "Model", context.CancellationToken).ConfigureAwait(false), text)]);
        if (model?.GetDeclaredSymbol(type, context.CancellationToken) is not { } symbol || DeclaredNetwork.Read(symbol, context.CancellationToken) is not { } network)
            return;
        var view = new NetworkView(network.Spec, network.Graph);
        var selected = attributes.Where(attribute => context.Span.Length > 0 && context.Span.OverlapsWith(attribute.Span)).ToArray();
        if (selected.Length > 1 && !view.IsCalled(OfBlock) && selected.All(attribute => network.LayerOf(attribute) is { } layer && CanMove(layer, view)))
            Offer("Move the layers into a block", MoveIntoBlock(type, await FreeNames.OfAsync(context.Document, type.Identifier.ValueText + "Block", context.CancellationToken).ConfigureAwait(false), selected, text));
        if (attributes.FirstOrDefault(attribute => attribute.Span.IntersectsWith(context.Span) && Attributes.NameOf(attribute) == "Block") is { } block
            && network.LayerOf(block) is { Name: null, From: null, Layer: Block { Trainable: true } content } && !view.IsCalled(OfBlock) && content.Layers.All(layer => CanMove(layer, view))
            && Attributes.Positional(block).FirstOrDefault() is TypeOfExpressionSyntax { Type: var name } && await LayersOfAsync(model.GetSymbolInfo(name, context.CancellationToken).Symbol, context.CancellationToken).ConfigureAwait(false) is { } layers)
            Offer("Replace the block with its layers", [Expand(block, layers, text)]);

        void Offer(string title, IEnumerable<TextChange> changes) =>
            context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)))), title));
    }

    private static TextChange AddTwin(TypeDeclarationSyntax type, string name, SourceText text)
    {
        var line = AttributeEdits.LineBreak(text);
        var modifiers = string.Concat(type.Modifiers.Select(modifier => modifier.ValueText + " "));
        return After(type, $"[InferenceOf(typeof({type.Identifier.ValueText}))]{line}{Indent(type, text)}{modifiers}class {name};", text);
    }

    /// <summary>Whether a layer can be moved into a block or out of one: it has no name and calls none, and none of the network's layers of its kind is called by its number.</summary>
    private static bool CanMove(LayerSpec layer, NetworkView network) =>
        layer is { Name: null, From: null, Layer: not ConstantLayer, Layer.Joined.Count: 0 } && !network.IsCalled(layer.Layer.Kind);

    private static IEnumerable<TextChange> MoveIntoBlock(TypeDeclarationSyntax type, string name, AttributeSyntax[] selected, SourceText text)
    {
        var (line, indent) = (AttributeEdits.LineBreak(text), Indent(type, text));
        var access = type.Modifiers.FirstOrDefault(modifier => modifier.ValueText is "public" or "internal" or "private").ValueText is { Length: > 0 } word ? word + " " : "";
        yield return AttributeEdits.Replace(selected[0], $"Block(typeof({name}))");
        foreach (var layer in selected.Skip(1))
            yield return AttributeEdits.Remove(layer, text);
        yield return After(type, string.Concat(selected.Select(layer => $"[{layer}]{line}{indent}")) + $"{access}sealed class {name};", text);
    }

    /// <summary>The attributes of the layers of a class that is declared once in source code; null for another.</summary>
    private static async Task<IReadOnlyList<AttributeSyntax>?> LayersOfAsync(ISymbol? block, CancellationToken cancellation) =>
        block is INamedTypeSymbol { DeclaringSyntaxReferences.Length: 1 } && await block.DeclaringSyntaxReferences[0].GetSyntaxAsync(cancellation).ConfigureAwait(false) is TypeDeclarationSyntax declaration
            ? [.. Attributes.Of(declaration).Where(Attributes.IsLayer)]
            : null;

    private static TextChange Expand(AttributeSyntax block, IReadOnlyList<AttributeSyntax> layers, SourceText text)
    {
        var start = text.Lines.GetLineFromPosition(block.SpanStart).Start;
        var indent = text.ToString(TextSpan.FromBounds(start, block.SpanStart));
        var separator = string.IsNullOrWhiteSpace(indent.TrimEnd('[')) ? $"]{AttributeEdits.LineBreak(text)}{indent}" : "][";
        return AttributeEdits.Replace(block, string.Join(separator, layers.Select(layer => layer.ToString())));
    }

    private static TextChange After(TypeDeclarationSyntax type, string declaration, SourceText text)
    {
        var line = AttributeEdits.LineBreak(text);
        return new TextChange(new TextSpan(type.Span.End, 0), $"{line}{line}{Indent(type, text)}{declaration}");
    }

    private static string Indent(TypeDeclarationSyntax type, SourceText text) => text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(type.SpanStart).Start, type.SpanStart));
}
