using System.Globalization;

namespace StaticNet.Data;

/// <summary>Reads the numbers of tables.</summary>
internal static class NumberText
{
    private static readonly NumberFormatInfo WithComma = NumberFormatInfo.ReadOnly(new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." });

    /// <summary>Reads a finite number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decimalComma">Whether it has a comma and no point.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, bool decimalComma, out double number) =>
        double.TryParse(text, NumberStyles.Float, decimalComma ? WithComma : NumberFormatInfo.InvariantInfo, out number) && double.IsFinite(number);

    /// <summary>Says that a number was expected, and what the text seems to be instead.</summary>
    public static DataFormatException Fault(string text, bool decimalComma, in CellPlace place)
    {
        var expected = decimalComma ? "a finite number with a decimal comma" : "a finite number";
        var advice = TryParse(text, !decimalComma, out _)
            ? decimalComma ? " Leave DecimalComma out if numbers have a decimal point." : " Set DecimalComma = true if the column's numbers have one."
            : text.Any(char.IsLetter) ? " If it means a gap, add it to MissingText; if the column holds text, describe it with CategoryColumn." : "";
        return place.Fault($"expected {expected}, but got {CellPlace.Quote(text)}.{advice}");
    }
}
