using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.CodeFixes;

/// <summary>Edits of attributes, and changes of text that make them and leave everything else in the file as it is.</summary>
internal static class AttributeEdits
{
    /// <summary>The attribute with a value of a named argument: in its place, or else as the last argument.</summary>
    public static AttributeSyntax Set(AttributeSyntax attribute, string name, string value)
    {
        if (Find(attribute, name) is { } argument)
            return attribute.ReplaceNode(argument, WithValue(argument, value));
        var equals = SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(name).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space));
        var added = SyntaxFactory.AttributeArgument(equals, null, SyntaxFactory.ParseExpression(value));
        return attribute.AddArgumentListArguments(attribute.ArgumentList is { Arguments.Count: > 0 } ? added.WithLeadingTrivia(SyntaxFactory.Space) : added);
    }

    /// <summary>The attribute with a value of its first positional argument; as it is if it has none.</summary>
    public static AttributeSyntax SetFirst(AttributeSyntax attribute, string value) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null) is { } argument ? attribute.ReplaceNode(argument, WithValue(argument, value)) : attribute;

    /// <summary>The attribute without a named argument; as it is if that is not there.</summary>
    public static AttributeSyntax Unset(AttributeSyntax attribute, string name)
    {
        if (Find(attribute, name) is not { } argument)
            return attribute;
        var list = attribute.ArgumentList!;
        return attribute.WithArgumentList(list.Arguments.Count == 1 ? null : list.WithArguments(list.Arguments.Remove(argument)));
    }

    /// <summary>The attribute with another name, in the same namespace and with the same arguments.</summary>
    public static AttributeSyntax Rename(AttributeSyntax attribute, string name) => attribute.WithName(attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.WithRight(SyntaxFactory.IdentifierName(name)),
        AliasQualifiedNameSyntax alias => alias.WithName(SyntaxFactory.IdentifierName(name)),
        _ => SyntaxFactory.IdentifierName(name),
    });

    /// <summary>Replaces the attribute with other attributes, without brackets.</summary>
    public static TextChange Replace(AttributeSyntax attribute, string text) => new(attribute.Span, text);

    /// <summary>Removes the attribute, with its line if nothing else is on it.</summary>
    public static TextChange Remove(AttributeSyntax attribute, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
        {
            var index = list.Attributes.IndexOf(attribute);
            return new TextChange(
                index > 0 ? TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End) : TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart), "");
        }

        return new TextChange(OwnLine(list, text) ?? list.Span, "");
    }

    /// <summary>Puts an attribute before another: on a line of its own if the other is on one.</summary>
    /// <param name="attribute">The other.</param>
    /// <param name="inserted">The new one, without brackets.</param>
    /// <param name="text">The file.</param>
    public static TextChange InsertBefore(AttributeSyntax attribute, string inserted, SourceText text)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
            return new TextChange(new TextSpan(attribute.SpanStart, 0), inserted + ", ");
        return new TextChange(new TextSpan(list.SpanStart, 0), OwnLine(list, text) is { } line ? $"[{inserted}]{LineBreak(text)}{text.ToString(TextSpan.FromBounds(line.Start, list.SpanStart))}" : $"[{inserted}]");
    }

    /// <summary>How lines of a file end.</summary>
    public static string LineBreak(SourceText text) => text.Lines[0] is var first && first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";

    /// <summary>The whole lines of a list of attributes; null if something else is on them.</summary>
    private static TextSpan? OwnLine(AttributeListSyntax list, SourceText text)
    {
        var (first, last) = (text.Lines.GetLineFromPosition(list.SpanStart), text.Lines.GetLineFromPosition(list.Span.End));
        return string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart))) && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(list.Span.End, last.End)))
            ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak)
            : null;
    }

    private static AttributeArgumentSyntax WithValue(AttributeArgumentSyntax argument, string value) =>
        argument.WithExpression(SyntaxFactory.ParseExpression(value).WithTriviaFrom(argument.Expression));

    private static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
}
