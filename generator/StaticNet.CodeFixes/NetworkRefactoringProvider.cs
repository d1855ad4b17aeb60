using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.CodeFixes;

/// <summary>Changes how a network is declared and not what it computes: a twin for inference, layers as a block, a block as its layers.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(NetworkRefactoringProvider))]
[Shared]
public sealed class NetworkRefactoringProvider : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        if (root!.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return;
        var attributes = Attributes.Of(type).ToArray();
        if (attributes.Any(attribute => Attributes.NameOf(attribute) == "Network"))
            Offer("Make an inference twin", [AddTwin(type, text)]);
        var selected = attributes.Where(attribute => context.Span.Length > 0 && context.Span.OverlapsWith(attribute.Span)).ToArray();
        if (selected.Length > 1 && selected.All(CanMove))
            Offer("Move the layers into a block", MoveIntoBlock(type, selected, text));
        if (attributes.FirstOrDefault(attribute => attribute.Span.IntersectsWith(context.Span) && Attributes.NameOf(attribute) == "Block") is { } block
            && await FindBlockAsync(context, block).ConfigureAwait(false) is { } layers)
            Offer("Replace the block with its layers", [Expand(block, layers, text)]);

        void Offer(string title, IEnumerable<TextChange> changes) =>
            context.RegisterRefactoring(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)))), title));
    }

    private static TextChange AddTwin(TypeDeclarationSyntax type, SourceText text)
    {
        var (name, line) = (type.Identifier.ValueText, AttributeEdits.LineBreak(text));
        var modifiers = string.Concat(type.Modifiers.Select(modifier => modifier.ValueText + " "));
        return After(type, $"[InferenceOf(typeof({name}))]{line}{Indent(type, text)}{modifiers}class {name}Model;", text);
    }

    /// <summary>Layers that nothing outside the selection calls by a name can be moved.</summary>
    private static bool CanMove(AttributeSyntax attribute) => Attributes.IsLayer(attribute) && Attributes.Named(attribute, "From") is null && Attributes.Named(attribute, "Name") is null
        && Attributes.NameOf(attribute) is not ("Add" or "Subtract" or "Multiply" or "Divide" or "Minimum" or "Maximum" or "Concat" or "MatMul" or "Constant");

    private static IEnumerable<TextChange> MoveIntoBlock(TypeDeclarationSyntax type, AttributeSyntax[] selected, SourceText text)
    {
        var (name, line, indent) = (type.Identifier.ValueText + "Block", AttributeEdits.LineBreak(text), Indent(type, text));
        var access = type.Modifiers.FirstOrDefault(modifier => modifier.ValueText is "public" or "internal" or "private").ValueText is { Length: > 0 } word ? word + " " : "";
        yield return AttributeEdits.Replace(selected[0], $"Block(typeof({name}))");
        foreach (var layer in selected.Skip(1))
            yield return AttributeEdits.Remove(layer, text);
        yield return After(type, string.Concat(selected.Select(layer => $"[{layer}]{line}{indent}")) + $"{access}sealed class {name};", text);
    }

    /// <summary>The layers of the class that a block names; null if they have names, which must be unique in the network.</summary>
    private static async Task<IReadOnlyList<AttributeSyntax>?> FindBlockAsync(CodeRefactoringContext context, AttributeSyntax block)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (Attributes.Positional(block).FirstOrDefault() is not TypeOfExpressionSyntax { Type: var name } || Attributes.Named(block, "Name") is not null || Attributes.Named(block, "From") is not null || Attributes.Named(block, "Trainable") is not null
            || model?.GetSymbolInfo(name, context.CancellationToken).Symbol is not INamedTypeSymbol { DeclaringSyntaxReferences.Length: 1 } type
            || await type.DeclaringSyntaxReferences[0].GetSyntaxAsync(context.CancellationToken).ConfigureAwait(false) is not TypeDeclarationSyntax declaration)
            return null;
        var layers = Attributes.Of(declaration).Where(Attributes.IsLayer).ToArray();
        return layers.Length > 0 && layers.All(CanMove) ? layers : null;
    }

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
