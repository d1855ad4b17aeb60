using System.Text.RegularExpressions;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>Reads the small part of Python in which sequential models are written: calls, literals, tuples and lists.</summary>
internal sealed class PythonReader
{
    /// <summary>The deepest nesting of calls, tuples and lists that is read.</summary>
    private const int Deepest = 40;

    private static readonly Regex Start = new(@"\bSequential\s*\(", RegexOptions.CultureInvariant);

    // Space and comments are passed at once and never again: what they hold is no code.
    private static readonly Regex Token = new(
        @"\G(?>(?:\s+|#[^\n]*|\\\r?\n)*)(?:(?<word>[A-Za-z_][\w.]*)|(?<number>-?[0-9][\w.]*(?:(?<=[eE])-[0-9]+)?)|(?<text>""[^""\n]*""|'[^'\n]*')|(?<sign>[()\[\],=]))", RegexOptions.CultureInvariant);

    private readonly string _text;
    private int _place;
    private int _depth;

    private PythonReader(string text, int place) => (_text, _place) = (text, place);

    /// <summary>Finds the first call of <c>Sequential</c> in a text.</summary>
    /// <returns>The call, and where it begins, without what is before the last part of its name, and ends; null if there is none, or it is not understood.</returns>
    public static (PythonCall Model, int Start, int End)? FindSequential(string text)
    {
        var start = Start.Match(text);
        if (!start.Success)
            return null;
        var reader = new PythonReader(text, start.Index);
        try
        {
            return reader.Value().Call is { } model ? (model, start.Index, reader._place) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private PythonValue Value()
    {
        if (++_depth > Deepest)
            throw new FormatException();
        var value = ValueOf(Next());
        _depth--;
        return value;
    }

    private PythonValue ValueOf(Match token)
    {
        if (token.Groups["text"].Success)
            return new PythonValue(token.Groups["text"].Value.Trim('"', '\''));
        if (token.Groups["number"].Success)
            return new PythonValue(token.Groups["number"].Value);
        if (token.Groups["word"].Success)
        {
            var name = token.Groups["word"].Value;
            return Peek() == "(" ? new PythonValue("", call: Call(name.Substring(name.LastIndexOf('.') + 1))) : new PythonValue(name);
        }

        return token.Groups["sign"].Value switch
        {
            "(" => new PythonValue("", List(")")),
            "[" => new PythonValue("", List("]")),
            _ => throw new FormatException(),
        };
    }

    private List<PythonValue> List(string end)
    {
        var items = new List<PythonValue>();
        while (Peek() != end)
        {
            items.Add(Value());
            PassComma(end);
        }

        Next();
        return items;
    }

    private PythonCall Call(string name)
    {
        Next();
        var positional = new List<PythonValue>();
        var named = new Dictionary<string, PythonValue>(StringComparer.Ordinal);
        while (Peek() != ")")
        {
            var value = Value();
            if (Peek() != "=")
            {
                positional.Add(value);
            }
            else if (value.Text.Length == 0 || named.ContainsKey(value.Text))
            {
                throw new FormatException();
            }
            else
            {
                Next();
                named.Add(value.Text, Value());
            }

            PassComma(")");
        }

        Next();
        return new PythonCall(name, positional, named);
    }

    /// <summary>Passes what separates two items, unless the list ends.</summary>
    private void PassComma(string end)
    {
        var next = Peek();
        if (next == ",")
            Next();
        else if (next != end)
            throw new FormatException();
    }

    private Match Next()
    {
        var match = Token.Match(_text, _place);
        if (!match.Success)
            throw new FormatException();
        _place = match.Index + match.Length;
        return match;
    }

    /// <summary>The sign that follows; empty for anything else, also at the end.</summary>
    private string Peek() => Token.Match(_text, _place).Groups["sign"].Value;
}
