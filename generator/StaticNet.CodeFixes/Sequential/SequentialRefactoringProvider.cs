using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>Converts a <c>Sequential</c> of PyTorch or Keras, pasted into a comment or a string, into the attributes of a network.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(SequentialRefactoringProvider))]
[Shared]
public sealed class SequentialRefactoringProvider : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        if (Find(root, context.Span, text) is not var (code, span) || PythonReader.FindSequential(code) is not { } model || SequentialConverter.Convert(model) is not { } attributes)
            return;
        var line = AttributeEdits.LineBreak(text);
        var declaration = string.Concat(attributes.Select(attribute => $"[{attribute}]{line}")) + "public sealed partial class ConvertedNetwork;";
        // A comment gives way to the class; a string stays where it is, and the class follows at the end.
        var change = span is { } comment ? new TextChange(comment, declaration) : new TextChange(new TextSpan(text.Length, 0), $"{line}{declaration}{line}");
        context.RegisterRefactoring(CodeAction.Create("Convert to a network", _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), nameof(SequentialRefactoringProvider)));
    }

    /// <summary>The text of the comment or the string at a place, and the span of the comment.</summary>
    private static (string Code, TextSpan? Comment)? Find(SyntaxNode root, TextSpan span, SourceText text)
    {
        var trivia = root.FindTrivia(span.Start);
        if (trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            return (trivia.ToString().Trim('/', '*'), trivia.Span);
        if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        {
            // All lines of the comment: those next to each other.
            var (first, last) = (text.Lines.IndexOf(trivia.SpanStart), text.Lines.IndexOf(trivia.SpanStart));
            while (first > 0 && IsComment(text.Lines[first - 1]))
                first--;
            while (last + 1 < text.Lines.Count && IsComment(text.Lines[last + 1]))
                last++;
            var lines = TextSpan.FromBounds(text.Lines[first].Start, text.Lines[last].End);
            return (Regex.Replace(text.ToString(lines), @"^\s*//", "", RegexOptions.Multiline), lines);
        }

        return root.FindToken(span.Start).Parent is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal ? (literal.Token.ValueText, null) : null;

        static bool IsComment(TextLine line) => line.ToString().TrimStart().StartsWith("//", StringComparison.Ordinal);
    }
}
