using System.Text.Json;

namespace StaticNet.Data;

/// <summary>A column of numbers.</summary>
internal sealed class NumberEncoder : ColumnEncoder
{
    private readonly NumberColumn _column;
    private readonly double _shift;
    private readonly double _scale;
    private readonly double _fill;

    private NumberEncoder(NumberColumn column, int gaps, double shift, double scale, double fill)
        : base(column, gaps) => (_column, _shift, _scale, _fill) = (column, shift, scale, fill);

    protected override int ValueWidth => 1;

    protected override string Kind => "number";

    public static NumberEncoder Fit(NumberColumn column, NumberStatistics numbers)
    {
        var (shift, scale) = numbers.Fit(column.Scaling);
        return new NumberEncoder(column, numbers.Gaps, shift, scale, numbers.FillOf(column.Missing, column.Fill));
    }

    public static NumberEncoder Read(SchemaFields fields)
    {
        var (missing, shift, scale) = (fields.Choice<MissingValue>("missing"), fields.Number("shift"), fields.Scale("scale"));
        var fill = missing is MissingValue.Refuse or MissingValue.KeepNaN ? double.NaN : fields.Number("fill");
        var column = new NumberColumn(fields.Name())
        {
            Missing = missing,
            Indicator = fields.Flag("indicator"),
            Scaling = fields.Choice<ColumnScaling>("scaling"),
            DecimalComma = fields.Flag("decimalComma"),
            Fill = missing == MissingValue.Constant ? fill : null,
        };
        fields.Check(column.Check);
        return new NumberEncoder(column, fields.Count("gaps"), shift, scale, fill);
    }

    protected override void EncodeValue(in TableValue value, Span<float> numbers, in CellPlace place)
    {
        if (value.Number is not { } number)
        {
            if (value.Text is not { } text)
                throw place.Fault($"expected a number, but got the date {value}.");
            if (!NumberText.TryParse(text, _column.DecimalComma, out number))
                throw NumberText.Fault(text, _column.DecimalComma, place);
        }

        numbers[0] = Scaled(number, _shift, _scale, place);
    }

    protected override void EncodeGap(Span<float> numbers) => numbers[0] = Scaled(_fill, _shift, _scale, new CellPlace(null, 0, -1, -1, Name));

    protected override string DescribeValue() => $"number: {Scaling("x", _shift, _scale)}{(_column.DecimalComma ? ", written with a decimal comma" : "")}";

    protected override string DescribeGap() => _column.Missing == MissingValue.KeepNaN ? "NaN" : $"{Text(_fill)} ({_column.Missing})";

    protected override void WriteRest(Utf8JsonWriter json)
    {
        json.WriteString("scaling", _column.Scaling.ToString());
        json.WriteNumber("shift", _shift);
        json.WriteNumber("scale", _scale);
        if (!double.IsNaN(_fill))
            json.WriteNumber("fill", _fill);
        json.WriteBoolean("decimalComma", _column.DecimalComma);
    }
}
