using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
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
        var changes = new List<TextChange?>();
        for (var index = 0; index < edits.Length; index++)
        {
            var (kind, name, value, attribute) = edits[index];
            if (kind != EditKind.Swap)
            {
                changes.Add(Change(kind, name, value, attribute, text));
                continue;
            }

            var other = edits[++index].Attribute;
            changes.Add(AttributeEdits.Replace(attribute, other.ToString()));
            changes.Add(AttributeEdits.Replace(other, attribute.ToString()));
        }

        return document.WithText(text.WithChanges(changes.OfType<TextChange>().OrderBy(change => change.Span.Start)));
    }

    private static TextChange? Change(EditKind kind, string name, string value, AttributeSyntax attribute, SourceText text) => kind switch
    {
        EditKind.Set => AttributeEdits.Set(attribute, name, value),
        EditKind.SetFirst => AttributeEdits.SetFirst(attribute, value),
        EditKind.Unset => AttributeEdits.Unset(attribute, name),
        EditKind.Rename => AttributeEdits.Rename(attribute, name),
        _ => AttributeEdits.Remove(attribute, text),
    };
}
