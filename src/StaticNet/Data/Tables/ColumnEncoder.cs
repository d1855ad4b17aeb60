using System.Globalization;
using System.Text.Json;

namespace StaticNet.Data;

/// <summary>Makes numbers of the values of an input column, as fitted on the training part.</summary>
/// <param name="column">The column's description.</param>
/// <param name="gaps">The rows of the training part without a value.</param>
internal abstract class ColumnEncoder(TableColumn column, int gaps)
{
    /// <summary>The column's name.</summary>
    public string Name => column.Name;

    /// <summary>The rows of the training part without a value.</summary>
    public int Gaps { get; } = gaps;

    /// <summary>The numbers that a value becomes.</summary>
    public int Width => ValueWidth + (column.Indicator ? 1 : 0);

    /// <summary>Those of them without the indicator.</summary>
    protected abstract int ValueWidth { get; }

    /// <summary>What the column is, in the stored form.</summary>
    protected abstract string Kind { get; }

    /// <summary>Writes the numbers of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination"><see cref="Width"/> numbers.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="limits">What counts as missing.</param>
    /// <exception cref="DataFormatException">The value does not fit the column.</exception>
    public void Encode(in TableValue value, Span<float> destination, in CellPlace place, TableSchemaOptions limits)
    {
        var isMissing = value is { Number: null, Date: null } && (value.Text is not { } text || limits.IsMissing(text));
        if (column.Indicator)
            destination[ValueWidth] = isMissing ? 1 : 0;
        var numbers = destination[..ValueWidth];
        if (!isMissing)
            EncodeValue(value, numbers, place);
        else if (column.Missing == MissingValue.Refuse)
            throw place.Fault($"expected a value, but {CellPlace.Gap(value.Text)}. {nameof(TableColumn.Missing)} of the column says what to do with gaps.");
        else if (column.Missing == MissingValue.KeepNaN)
            numbers.Fill(float.NaN);
        else
            EncodeGap(numbers);
    }

    /// <summary>What becomes of the column, in words.</summary>
    public string Describe()
    {
        var gaps = Gaps == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Gaps} in the training part)");
        return $"{DescribeValue()}; missing: {(column.Missing == MissingValue.Refuse ? "refused" : DescribeGap())}{(column.Indicator ? ", and a number says so" : "")}{gaps}";
    }

    /// <summary>Writes the column.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteString("name", Name);
        json.WriteString("missing", column.Missing.ToString());
        json.WriteBoolean("indicator", column.Indicator);
        json.WriteNumber("gaps", Gaps);
        WriteRest(json);
        json.WriteEndObject();
    }

    protected abstract void EncodeValue(in TableValue value, Span<float> numbers, in CellPlace place);

    protected abstract void EncodeGap(Span<float> numbers);

    protected abstract string DescribeValue();

    protected abstract string DescribeGap();

    protected abstract void WriteRest(Utf8JsonWriter json);

    /// <summary>A scaled number as a float.</summary>
    protected static float Scaled(double number, double shift, double scale, in CellPlace place)
    {
        var scaled = (float)((number - shift) / scale);
        return float.IsFinite(scaled) ? scaled : throw place.Fault(string.Create(CultureInfo.InvariantCulture, $"expected a number that a float holds, but got {number}."));
    }

    /// <summary>A number in words.</summary>
    protected static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A scaling in words.</summary>
    protected static string Scaling(string what, double shift, double scale) =>
        shift == 0 && scale == 1 ? what : shift < 0 ? $"({what} + {Text(-shift)}) / {Text(scale)}" : $"({what} − {Text(shift)}) / {Text(scale)}";
}
