using System.Text.RegularExpressions;

namespace StaticNet.CodeFixes.Sequential;

/// <summary>Reads the small part of Python in which sequential models are written: calls, literals, tuples and lists.</summary>
internal sealed class PythonReader
{
    private static readonly Regex Token = new(@"\G(?:\s|#[^\n]*|\\\n)*(?:(?<word>[A-Za-z_][\w.]*)|(?<number>[0-9][\w.]*(?:[eE]-[0-9]+)?)|(?<text>""[^""\n]*""|'[^'\n]*')|(?<sign>[()\[\],=]))", RegexOptions.CultureInvariant);

    private readonly string _text;
    private int _place;

    private PythonReader(string text, int place) => (_text, _place) = (text, place);

    /// <summary>Finds the first call of <c>Sequential</c> in a text; null if there is none, or it is not understood.</summary>
    public static PythonCall? FindSequential(string text)
    {
        var start = Regex.Match(text, @"(?:\w+\.)*Sequential\s*\(");
        if (!start.Success)
            return null;
        try
        {
            return new PythonReader(text, start.Index).Value().Call;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private PythonValue Value()
    {
        var token = Next();
        if (token.Groups["text"].Success)
            return new PythonValue(token.Groups["text"].Value.Trim('"', '\''));
        if (token.Groups["number"].Success)
            return new PythonValue(token.Groups["number"].Value);
        if (token.Groups["word"].Success)
        {
            var name = token.Groups["word"].Value;
            return Peek() == "(" ? new PythonValue("", Call: Call(name.Substring(name.LastIndexOf('.') + 1))) : new PythonValue(name);
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
            if (Peek() == ",")
                Next();
            else if (Peek() != end)
                throw new FormatException();
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
            if (Peek() == "=")
            {
                Next();
                named[value.Text] = Value();
            }
            else
            {
                positional.Add(value);
            }

            if (Peek() == ",")
                Next();
            else if (Peek() != ")")
                throw new FormatException();
        }

        Next();
        return new PythonCall(name, positional, named);
    }

    private Match Next()
    {
        var match = Token.Match(_text, _place);
        if (!match.Success)
            throw new FormatException();
        _place = match.Index + match.Length;
        return match;
    }

    private string Peek() => Token.Match(_text, _place) is { Success: true } match ? match.Groups["sign"].Value : throw new FormatException();
}
