using System.Globalization;

namespace StaticNet.Data;

/// <summary>Reads dates.</summary>
internal static class DateText
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite;

    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Iso = [Day, "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a date.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">How it is written; null for ISO 8601.</param>
    /// <param name="date">The date, in UTC where the text has a zone.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, string? format, out DateTime date) => format is null && text.Length != Day.Length
        ? DateTime.TryParseExact(text, Iso, CultureInfo.InvariantCulture, Styles, out date)
        : DateTime.TryParseExact(text, format ?? Day, CultureInfo.InvariantCulture, Styles, out date);

    /// <summary>Whether a format can write a date and read it again.</summary>
    public static bool IsFormat(string format)
    {
        try
        {
            return TryParse(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture), format, out _);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
