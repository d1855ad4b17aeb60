using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StaticNet.Generator.Advice;
using StaticNet.Generator.Analyzers;

namespace StaticNet.CodeFixes;

/// <summary>Carries out the remedies that the rules about networks name with their findings.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemedyFixProvider))]
[Shared]
public sealed class RemedyFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        AdviceCatalog.Rules.Concat(AdviceCatalog.OfTwins).Select(rule => rule.Descriptor.Id).ToImmutableArray();

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(AdviceAnalyzer.TitleProperty, out var title) && title is not null)
                context.RegisterCodeFix(CodeAction.Create(title, cancellation => ApplyAsync(context.Document, diagnostic, cancellation), diagnostic.Id), diagnostic);
        }

        return Task.CompletedTask;
    }

    private static async Task<Document> ApplyAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var edits = diagnostic.Properties[AdviceAnalyzer.EditsProperty]!.Split(AdviceAnalyzer.EditSeparator)
            .Select(edit => edit.Split(AdviceAnalyzer.PartSeparator))
            .Zip(diagnostic.AdditionalLocations, (parts, location) =>
                (Kind: (EditKind)Enum.Parse(typeof(EditKind), parts[0]), Name: parts[1], Value: parts[2], Attribute: root.FindNode(location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>()!))
            .ToArray();
        // One change for each attribute: changes must not overlap.
        var swapped = edits.Where(edit => edit.Kind == EditKind.Swap).Select(edit => edit.Attribute).ToArray();
        var changes = edits.GroupBy(edit => edit.Attribute).Select(group => group.First().Kind switch
        {
            EditKind.Swap => AttributeEdits.Replace(group.Key, swapped.Single(other => other != group.Key).ToString()),
            EditKind.Remove => AttributeEdits.Remove(group.Key, text),
            _ => AttributeEdits.Replace(group.Key, group.Aggregate(group.Key, (attribute, edit) => Edited(attribute, edit.Kind, edit.Name, edit.Value)).ToString()),
        });
        return document.WithText(text.WithChanges(changes.OrderBy(change => change.Span.Start)));
    }

    private static AttributeSyntax Edited(AttributeSyntax attribute, EditKind kind, string name, string value) => kind switch
    {
        EditKind.Set => AttributeEdits.Set(attribute, name, value),
        EditKind.SetFirst => AttributeEdits.SetFirst(attribute, value),
        EditKind.Unset => AttributeEdits.Unset(attribute, name),
        EditKind.Rename => AttributeEdits.Rename(attribute, name),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An edit of a name or of arguments was expected."),
    };
}
