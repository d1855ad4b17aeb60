using System.Text;

namespace StaticNet.Generator.Text;

/// <summary>Writes indented lines. Text of several lines (raw strings) is indented as a whole.</summary>
/// <param name="mostLines">The most lines; a long one counts as several.</param>
internal sealed class CodeWriter(int mostLines = int.MaxValue)
{
    private const int LongestList = 120;

    private readonly StringBuilder _text = new();
    private readonly Stack<HashSet<string>> _scopes = new([new HashSet<string>(StringComparer.Ordinal)]);
    private int _indent;

    /// <summary>The lines so far; a long one counts as several.</summary>
    public int Lines { get; private set; }

    /// <summary>Writes lines; empty ones stay without spaces.</summary>
    /// <exception cref="CodeTooLongException">They are more than the most.</exception>
    public CodeWriter Line(string lines = "")
    {
        for (var start = 0; start <= lines.Length;)
        {
            var end = lines.IndexOf('\n', start);
            var length = (end < 0 ? lines.Length : end) - start;
            if (length > 0)
                _text.Append(' ', _indent * 4).Append(lines, start, length);
            _text.Append('\n');
            Lines += CodeBudget.LinesOf(TextLength.Of(lines, start, length));
            if (Lines > mostLines)
                throw new CodeTooLongException();
            start += length + 1;
        }

        return this;
    }

    /// <summary>Refuses a line before it is made, where making it would cost too much.</summary>
    /// <param name="characters">The least that it takes.</param>
    /// <exception cref="CodeTooLongException">It would be more than the most.</exception>
    public CodeWriter CheckRoom(long characters)
    {
        var lines = CodeBudget.LinesOf((int)Math.Min(characters, int.MaxValue));
        if (lines <= mostLines - Lines)
            return this;
        Lines += lines;
        throw new CodeTooLongException();
    }

    /// <summary>A call or a declaration with its arguments: on one line, or each on a line of its own where that would be long.</summary>
    public static string Listed(string head, IEnumerable<string> arguments, string end = "")
    {
        var line = $"{head}({string.Join(", ", arguments)}){end}";
        return TextLength.Of(line) <= LongestList ? line : $"{head}(\n    {string.Join(",\n    ", arguments)}){end}";
    }

    /// <summary>Writes a comment, broken into lines of at most 120 characters.</summary>
    public CodeWriter Comment(string text, string mark = "// ")
    {
        var line = new StringBuilder();
        var length = 0;
        foreach (var word in text.Split(' '))
        {
            var wordLength = TextLength.Of(word);
            if (line.Length > 0 && length + wordLength + 1 > 116 - (_indent * 4))
            {
                Line(mark + line);
                line.Clear();
                length = 0;
            }

            length += wordLength + (line.Length > 0 ? 1 : 0);
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        return Line(mark + line);
    }

    /// <summary>Writes what has a scope of names of its own, and fills its holes.</summary>
    public CodeWriter Named(Action body)
    {
        var start = _text.Length;
        body();
        var text = _text.ToString(start, _text.Length - start);
        _text.Length = start;
        _text.Append(Holes.Fill(text)[0]);
        return this;
    }

    /// <summary>Writes a head with a body in braces.</summary>
    public CodeWriter Block(string head, Action body)
    {
        if (head.Length > 0)
            Line(head);
        Line("{");
        _scopes.Push(new HashSet<string>(StringComparer.Ordinal));
        Indented(body);
        _scopes.Pop();
        return Line("}");
    }

    /// <summary>Sets a local, which the first of several steps that follow each other declares: so they need no braces of their own.</summary>
    public CodeWriter Set(string name, string value)
    {
        var isDeclared = _scopes.Any(scope => scope.Contains(name));
        if (!isDeclared)
            _scopes.Peek().Add(name);
        return Line($"{(isDeclared ? "" : "var ")}{name} = {value};");
    }

    /// <summary>Writes a loop that counts up from one number to another.</summary>
    public CodeWriter Count(string type, string index, Affine begin, string end, int step, Action body) =>
        Block($"for ({type} {index} = {begin}; {index} < {end}; {(step == 1 ? $"{index}++" : $"{index} += {Literal.Of(step)}")})", body);

    /// <summary>Writes statements, in braces where their names would meet others.</summary>
    public CodeWriter Scoped(bool isScoped, Action body)
    {
        if (isScoped)
            return Block("", body);
        body();
        return this;
    }

    /// <summary>Writes a head with a single statement or block below it.</summary>
    public CodeWriter Indented(Action body)
    {
        _indent++;
        body();
        _indent--;
        return this;
    }

    /// <summary>Writes several things with an empty line between.</summary>
    public CodeWriter Separated<T>(IEnumerable<T> items, Action<T> write)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                Line();
            write(item);
            first = false;
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
