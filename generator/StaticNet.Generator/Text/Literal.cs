using System.Globalization;

namespace StaticNet.Generator.Text;

/// <summary>Numbers and strings as C# literals: round-tripping, whatever the culture.</summary>
internal static class Literal
{
    public static string Of(float value)
    {
        if (float.IsNaN(value))
            return "float.NaN";
        if (float.IsInfinity(value))
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        // .NET Framework's "R" may lose the last digit; nine digits never do.
        if (float.Parse(text, CultureInfo.InvariantCulture) != value)
            text = value.ToString("G9", CultureInfo.InvariantCulture);
        return text + "f";
    }

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>A string; characters for private use, which mean something while code is written, are escaped.</summary>
    public static string Of(string value) => string.Concat(Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true)
        .Select(character => char.GetUnicodeCategory(character) == UnicodeCategory.PrivateUse ? "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture) : character.ToString()));

    public static string Of(IEnumerable<int> values) => $"[{string.Join(", ", values.Select(Of))}]";
}
