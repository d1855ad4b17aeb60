using System.Globalization;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Says which option a file seems to ask for that cannot be read as the options say.</summary>
internal sealed class CsvAdvice(CsvOptions options)
{
    private const string Delimiters = ";\t|,";

    /// <summary>Advice about a text that should have been a number: empty, or sentences with a space before each.</summary>
    public string OfText(CsvFields row, int column, bool isFirstRow, bool isTarget)
    {
        var text = row.GetString(column);
        if (isFirstRow && !options.HasHeader && Enumerable.Range(0, row.FieldCount).All(field => !IsNumber(row.GetString(field))))
            return " If the first row has the columns' names, set HasHeader = true." + OfDelimiter(text);
        if (text.Length > 2 && text.Count(symbol => symbol == ',') == 1 && IsNumber(text.Replace(',', '.')))
            return " Numbers have a decimal point here, not a comma.";
        if (isTarget && text.Length > 0 && options.Targets.Count == 1 && text.Any(char.IsLetter) && !IsNumber(text))
            return " If the target is the name of a class, set TextLabels = true." + OfDelimiter(text);
        return OfDelimiter(text);
    }

    /// <summary>Advice about a field that another delimiter would divide: empty, or a sentence with a space before it.</summary>
    public string OfDelimiter(string field)
    {
        foreach (var delimiter in Delimiters)
        {
            if (delimiter != options.Delimiter && field.Contains(delimiter, StringComparison.Ordinal))
                return $" There is '{Name(delimiter)}' in it: if that is between two columns, set Delimiter = '{Name(delimiter)}'.";
        }
        return "";
    }

    private static string Name(char delimiter) => delimiter == '\t' ? "\\t" : delimiter.ToString();

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
