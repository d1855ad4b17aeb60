using System.Globalization;

namespace StaticNet.Generator.Text;

/// <summary>Whole-number expressions as text, as short as one would write them by hand.</summary>
internal static class Arithmetic
{
    /// <summary>The sum of terms: numbers are added up, nothing and zero are left out, products stand in parentheses.</summary>
    public static string Sum(params string[] terms)
    {
        var number = 0;
        var text = new List<string>();
        foreach (var term in terms.Where(term => term.Length > 0))
        {
            if (IsNumber(term, out var value))
                number += value;
            else
                text.Add(term);
        }

        if (text.Count == 0)
            return Literal.Of(number);
        if (text.Count == 1 && number == 0)
            return text[0];
        var sum = string.Join(" + ", text.Select(term => HasOtherThanPlus(term) ? $"({term})" : term));
        return number == 0 ? sum : number > 0 ? $"{sum} + {Literal.Of(number)}" : $"{sum} - {Literal.Of(-number)}";
    }

    public static string Sum(string term, int number) => Sum(term, Literal.Of(number));

    /// <summary>A product: numbers are multiplied, one is left out, sums stand in parentheses.</summary>
    public static string Product(string factor, int number)
    {
        if (IsNumber(factor, out var value))
            return Literal.Of(value * number);
        if (number is 0 or 1)
            return number == 0 ? "0" : factor;

        // i * 10 by 16 is i * 160.
        var end = factor.LastIndexOf(" * ", StringComparison.Ordinal);
        return end >= 0 && Operators(factor).SequenceEqual("*") && IsNumber(factor.Substring(end + 3), out var last)
            ? $"{factor.Substring(0, end)} * {Literal.Of(last * number)}"
            : $"{Factor(factor)} * {Literal.Of(number)}";
    }

    /// <summary>A quotient without its remainder.</summary>
    public static string Quotient(string dividend, int divisor) => divisor == 1 ? dividend
        : IsNumber(dividend, out var number) ? Literal.Of(number / divisor)
        : $"{Factor(dividend)} / {Literal.Of(divisor)}";

    /// <summary>An expression as an operand of something that binds more tightly.</summary>
    public static string Factor(string text) => Operators(text).Any() ? $"({text})" : text;

    public static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static bool HasOtherThanPlus(string text) => Operators(text).Any(mark => mark != '+');

    /// <summary>The operators outside parentheses; they alone stand between spaces.</summary>
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
