using System.Globalization;
using System.Text;

namespace StaticNet.Benchmarks.Measuring;

/// <summary>Rows of text under headings; what starts with a digit stands to the right.</summary>
/// <param name="headings">The headings of the columns.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One text a column.</param>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"A row has {headings.Length} cells, not {cells.Length}.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>A time with three digits and the unit that suits it.</summary>
    /// <param name="nanoseconds">The time.</param>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => Digits(nanoseconds) + " ns",
        < 1e6 => Digits(nanoseconds / 1e3) + " µs",
        < 1e9 => Digits(nanoseconds / 1e6) + " ms",
        _ => Digits(nanoseconds / 1e9) + " s",
    };

    /// <summary>A number with about three digits.</summary>
    /// <param name="value">The number, 0 or more.</param>
    public static string Digits(double value) =>
        value.ToString(value < 9.995 ? "F2" : value < 99.95 ? "F1" : "F0", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            for (var column = 0; column < headings.Length; column++)
            {
                var width = _rows.Max(cells => cells[column].Length);
                var number = _rows.Count > 1 && _rows[1][column] is [var first, ..] && char.IsAsciiDigit(first);
                text.Append(column == 0 ? "" : "  ").Append(number ? row[column].PadLeft(width) : row[column].PadRight(width));
            }

            text.AppendLine();
        }

        return text.ToString();
    }
}
