using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StaticNet.CodeFixes;

/// <summary>Edits of attributes as changes of text, which leave everything else in the file as it is.</summary>
internal static class AttributeEdits
{
    /// <summary>Gives a named argument a value: in its place, or else as the last argument.</summary>
    public static TextChange Set(AttributeSyntax attribute, string name, string value)
    {
        if (Find(attribute, name) is { } argument)
            return new TextChange(argument.Expression.Span, value);
        return attribute.ArgumentList is { } list
            ? new TextChange(new TextSpan(list.CloseParenToken.SpanStart, 0), $"{(list.Arguments.Count > 0 ? ", " : "")}{name} = {value}")
            : new TextChange(new TextSpan(attribute.Span.End, 0), $"({name} = {value})");
    }

    /// <summary>Gives the first positional argument a value; nothing if there is none.</summary>
    public static TextChange? SetFirst(AttributeSyntax attribute, string value) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null) is { } argument ? new TextChange(argument.Expression.Span, value) : null;

    /// <summary>Removes a named argument; nothing if it is not there.</summary>
    public static TextChange? Unset(AttributeSyntax attribute, string name)
    {
        if (Find(attribute, name) is not { } argument)
            return null;
        var arguments = attribute.ArgumentList!.Arguments;
        var index = arguments.IndexOf(argument);
        return new TextChange(
            index > 0 ? TextSpan.FromBounds(arguments[index - 1].Span.End, argument.Span.End)
            : arguments.Count > 1 ? TextSpan.FromBounds(argument.SpanStart, arguments[1].SpanStart)
            : attribute.ArgumentList.Span,
            "");
    }

    /// <summary>Replaces the name and keeps the arguments.</summary>
    public static TextChange Rename(AttributeSyntax attribute, string name) => new(attribute.Name.Span, name);

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

    private static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
}
