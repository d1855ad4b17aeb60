using System.Globalization;
using System.Text;

namespace StaticNet.Importing;

/// <summary>Values as C# writes them.</summary>
public static class Literal
{
    /// <summary>The text of a value in C#.</summary>
    /// <param name="value">A bool, int, float, double or string, a member of an enum of StaticNet, an array of numbers or strings, or a
    /// <see cref="TypeName"/>.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public static string Of(object value) => value switch
    {
        bool boolean => boolean ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        float number => Of(number),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => Of(text),
        Enum member => $"{member.GetType().Name}.{member}",
        TypeName type => $"typeof({type.Name})",
        int[] numbers => $"new[] {{ {string.Join(", ", numbers.Select(number => Of(number)))} }}",
        float[] numbers => $"new[] {{ {string.Join(", ", numbers.Select(Of))} }}",
        string[] texts => $"[{string.Join(", ", texts.Select(Of))}]",
        _ => throw new ArgumentException($"Expected a value that an attribute can have, but got {value?.GetType().Name ?? "null"}.", nameof(value)),
    };

    /// <summary>The shortest text that is exactly this number.</summary>
    /// <param name="number">Any number.</param>
    /// <returns>Such as <c>0.1f</c>, <c>1e-05f</c> or <c>float.PositiveInfinity</c>.</returns>
    public static string Of(float number) => float.IsNaN(number) ? "float.NaN"
        : float.IsPositiveInfinity(number) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(number) ? "float.NegativeInfinity"
        : number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal) + "f";

    /// <summary>A text between quotes.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The literal, on one line.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var literal = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                literal.Append('\\').Append(letter);
            else if (char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029')
                literal.Append("\\u").Append(((int)letter).ToString("X4", CultureInfo.InvariantCulture));
            else
                literal.Append(letter);
        }

        return literal.Append('"').ToString();
    }
}
