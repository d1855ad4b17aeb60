using System.Globalization;

namespace StaticNet.Generator.Text;

/// <summary>
/// A place or a count as generated code computes it: a sum of variables, each so many times, and a number. Numbers are added up and
/// multiplied out as it is made, so that what is written has no arithmetic that could have been done before.
/// </summary>
internal readonly struct Affine : IEquatable<Affine>
{
    private readonly IReadOnlyList<(string Variable, int Times)>? _terms;
    private readonly int _number;

    private Affine(IReadOnlyList<(string Variable, int Times)> terms, int number) => (_terms, _number) = (terms, number);

    /// <summary>The sum without its number.</summary>
    private IReadOnlyList<(string Variable, int Times)> Terms => _terms ?? [];

    /// <summary>Whether there is no variable in it.</summary>
    public bool IsNumber => Terms.Count == 0;

    /// <summary>The number in it.</summary>
    public int Number => _number;

    public static implicit operator Affine(int number) => new([], number);

    /// <summary>A variable, an expression that is taken for one, one so many times, or a number; nothing is zero.</summary>
    public static implicit operator Affine(string text)
    {
        if (text.Length == 0)
            return 0;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        var end = text.LastIndexOf(" * ", StringComparison.Ordinal);
        return end >= 0 && int.TryParse(text.Substring(end + 3), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && Operators(text).SequenceEqual("*")
            ? (Affine)text.Substring(0, end) * times
            : new Affine([(text, 1)], 0);
    }

    public static implicit operator string(Affine affine) => affine.ToString();

    public static Affine operator +(Affine left, Affine right)
    {
        if (left.IsNumber || right.IsNumber)
            return new(left.IsNumber ? right.Terms : left.Terms, checked(left._number + right._number));
        var terms = left.Terms.ToList();
        foreach (var (variable, times) in right.Terms)
        {
            var same = terms.FindIndex(term => term.Variable == variable);
            if (same < 0)
                terms.Add((variable, times));
            else
                terms[same] = (variable, checked(terms[same].Times + times));
        }

        return new([.. terms.Where(term => term.Times != 0)], checked(left._number + right._number));
    }

    /// <summary>A product. Several variables stay together, for one multiplication in place of several; their number does not.</summary>
    public static Affine operator *(Affine left, int times)
    {
        if (times == 0)
            return 0;
        var number = checked(left._number * times);
        return times == 1 ? left
            : left.Terms.Count <= 1 ? new([.. left.Terms.Select(term => (term.Variable, checked(term.Times * times)))], number)
            : new([(new Affine(left.Terms, 0).ToString(), times)], number);
    }

    /// <summary>The shortest form, as one would write it by hand; products in a sum are in parentheses.</summary>
    public override string ToString()
    {
        if (IsNumber)
            return Literal.Of(_number);
        var isAlone = Terms.Count == 1 && _number == 0;
        var sum = string.Join(" + ", Terms.Select(term => term.Times == 1
            ? isAlone || !Operators(term.Variable).Any(mark => mark != '+') ? term.Variable : $"({term.Variable})"
            : isAlone ? $"{Factor(term.Variable)} * {Literal.Of(term.Times)}" : $"({Factor(term.Variable)} * {Literal.Of(term.Times)})"));
        return _number == 0 ? sum : _number > 0 ? $"{sum} + {Literal.Of(_number)}" : $"{sum} - {Literal.Of(-_number)}";
    }

    /// <summary>An expression as an operand of something that binds more tightly.</summary>
    public static string Factor(string text) => Operators(text).Any() ? $"({text})" : text;

    public bool Equals(Affine other) => _number == other._number && Terms.SequenceEqual(other.Terms);

    public override bool Equals(object? obj) => obj is Affine other && Equals(other);

    public override int GetHashCode() => (_number * 31) + Terms.Count;

    /// <summary>The operators outside parentheses; only they are surrounded by spaces.</summary>
    private static IEnumerable<char> Operators(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' ? 1 : text[i] is ')' ? -1 : 0;
            if (depth == 0 && text[i] == ' ' && i + 2 < text.Length && text[i + 2] == ' ')
                yield return text[i + 1];
        }
    }
}
