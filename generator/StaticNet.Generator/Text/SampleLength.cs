using System.Text;

namespace StaticNet.Generator.Text;

/// <summary>
/// The floats that a sample of a value takes, as generated code writes them: a constant that is called after the value. Until a network's
/// files are complete the text has a mark in its place, with the value's name and the number; the constants are declared when all that are
/// used are known.
/// </summary>
internal sealed class SampleLength
{
    /// <summary>The class of the constants.</summary>
    public const string Class = "SampleLength";

    /// <summary>Characters for private use, beside those of <see cref="Hole"/>.</summary>
    public const char Begin = '\uE003', Number = '\uE004', End = '\uE005';

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Length)> _constants = [];
    private readonly NameScope _scope = new([Class]);

    /// <summary>The constants in the order in which they were first used.</summary>
    public IReadOnlyList<(string Name, int Length)> Constants => _constants;

    /// <summary>The mark of a value's constant.</summary>
    /// <param name="name">The value's name.</param>
    /// <param name="floats">The floats of a sample.</param>
    public static string Of(string name, int floats) => $"{Begin}{Names.Pascal(name)}{Number}{Literal.Of(floats)}{End}";

    /// <summary>The number of a mark.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">Where the mark is in it.</param>
    public static string NumberAt(string text, int mark)
    {
        var number = text.IndexOf(Number, mark) + 1;
        return text.Substring(number, text.IndexOf(End, number) - number);
    }

    /// <summary>Writes the marks of a text as what they stand for.</summary>
    public string Resolve(string text)
    {
        var resolved = new StringBuilder(text.Length);
        var copied = 0;
        for (var start = text.IndexOf(Begin); start >= 0; start = text.IndexOf(Begin, copied))
        {
            var end = text.IndexOf(End, start);
            resolved.Append(text, copied, start - copied).Append(Class).Append('.').Append(NameOf(text.Substring(start, end - start), NumberAt(text, start)));
            copied = end + 1;
        }

        return resolved.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The constant of a mark: one value may have samples of several lengths, in plans that arrange it differently.</summary>
    private string NameOf(string mark, string number)
    {
        if (!_names.TryGetValue(mark, out var name))
        {
            _names[mark] = name = _scope.Add(mark.Substring(1, mark.IndexOf(Number) - 1));
            _constants.Add((name, int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
        }

        return name;
    }
}
