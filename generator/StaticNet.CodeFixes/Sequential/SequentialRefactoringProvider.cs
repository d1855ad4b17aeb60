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
        var trivia = root.FindTrivia(context.Span.Start);
        var lines = trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) ? LinesOf(trivia, text) : [];
        var code = trivia.Kind() switch
        {
            SyntaxKind.SingleLineCommentTrivia => lines.Count == 0 ? trivia.ToString().TrimStart('/') : string.Join("\n", lines.Select(CodeOf)),
            SyntaxKind.MultiLineCommentTrivia => trivia.ToString().Trim('/', '*'),
            _ => root.FindToken(context.Span.Start).Parent is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal ? literal.Token.ValueText : "",
        };
        if (PythonReader.FindSequential(code) is not var (model, start, end) || SequentialConverter.Convert(model) is not { } attributes)
            return;

        // A comment gives way to the class if it holds nothing else and a class can stand there; anything else stays, and the class follows at the end.
        TextSpan? comment = !CanHoldClass(trivia) ? null
            : trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) ? (IsAlone(code, start, end) ? trivia.Span : null)
            : SpanOf(lines, code, start, end);
        var lineBreak = AttributeEdits.LineBreak(text);
        var separator = lineBreak + (comment is { } place && text.Lines.GetLineFromPosition(place.Start) is var first ? text.ToString(TextSpan.FromBounds(first.Start, place.Start)) : "");
        var name = await FreeNames.OfAsync(context.Document, "ConvertedNetwork", context.CancellationToken).ConfigureAwait(false);
        var declaration = string.Concat(attributes.Select(attribute => $"[{attribute}]{separator}")) + $"public sealed partial class {name};";
        var change = comment is { } span ? new TextChange(span, declaration) : new TextChange(new TextSpan(text.Length, 0), $"{lineBreak}{declaration}{lineBreak}");
        context.RegisterRefactoring(CodeAction.Create("Convert to a network", _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), nameof(SequentialRefactoringProvider)));
    }

    /// <summary>The lines of a comment and of those next to it, if they hold nothing else; none for a comment after code.</summary>
    private static IReadOnlyList<TextLine> LinesOf(SyntaxTrivia trivia, SourceText text)
    {
        var (first, last) = (text.Lines.IndexOf(trivia.SpanStart), text.Lines.IndexOf(trivia.SpanStart));
        if (!IsComment(text.Lines[first]))
            return [];
        while (first > 0 && IsComment(text.Lines[first - 1]))
            first--;
        while (last + 1 < text.Lines.Count && IsComment(text.Lines[last + 1]))
            last++;
        return [.. Enumerable.Range(first, last - first + 1).Select(line => text.Lines[line])];

        // Three strokes begin the documentation of what follows.
        static bool IsComment(TextLine line) => line.ToString().TrimStart() is var code && code.StartsWith("//", StringComparison.Ordinal) && !code.StartsWith("///", StringComparison.Ordinal);
    }

    private static string CodeOf(TextLine line) => line.ToString().TrimStart().Substring("//".Length);

    /// <summary>The comment's lines that hold a model; null if they hold something else too.</summary>
    private static TextSpan? SpanOf(IReadOnlyList<TextLine> lines, string code, int start, int end)
    {
        if (lines.Count == 0)
            return null;
        var (first, last) = (code.Take(start).Count(IsBreak), code.Take(end).Count(IsBreak));
        var from = code.LastIndexOf('\n', start) + 1;
        var to = code.IndexOf('\n', end) is >= 0 and var found ? found : code.Length;
        var indent = lines[first].ToString().IndexOf("//", StringComparison.Ordinal);
        return IsAlone(code.Substring(from, to - from), start - from, end - from) ? TextSpan.FromBounds(lines[first].Start + indent, lines[last].End) : null;

        static bool IsBreak(char character) => character == '\n';
    }

    /// <summary>Whether a text has nothing but a model: before it at most a variable and the name of a module, after it a comment of Python.</summary>
    private static bool IsAlone(string code, int start, int end) =>
        Regex.IsMatch(code.Substring(0, start), @"^\s*([\w.]+\s*=\s*)?[\w.]*$") && Regex.IsMatch(code.Substring(end), @"^\s*(#[^\n]*\s*)?$");

    /// <summary>Whether a class can stand in the place of a comment: before another type, or at the end of a file or a namespace.</summary>
    private static bool CanHoldClass(SyntaxTrivia trivia) => trivia.Token.LeadingTrivia.Contains(trivia) && trivia.Token.Parent switch
    {
        CompilationUnitSyntax => true,
        NamespaceDeclarationSyntax space => trivia.Token == space.CloseBraceToken,
        { } node => node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() is { Parent: CompilationUnitSyntax or BaseNamespaceDeclarationSyntax } type && type.GetFirstToken() == trivia.Token,
        null => false,
    };
}
