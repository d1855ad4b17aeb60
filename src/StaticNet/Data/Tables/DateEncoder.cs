using System.Globalization;
using System.Text.Json;

namespace StaticNet.Data;

/// <summary>A column of dates.</summary>
internal sealed class DateEncoder : ColumnEncoder
{
    private const string Stored = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    private readonly DateColumn _column;
    private readonly DateTime _origin;
    private readonly (double Shift, double Scale) _days;
    private readonly (double Shift, double Scale) _years;
    private readonly DateTime _fill;

    private DateEncoder(DateColumn column, int gaps, DateTime origin, (double Shift, double Scale) days, (double Shift, double Scale) years, DateTime fill)
        : base(column, gaps) => (_column, _origin, _days, _years, _fill) = (column, origin, days, years, fill);

    protected override int ValueWidth =>
        Count(DateParts.Days, 1) + Count(DateParts.Year, 1) + Count(DateParts.DayOfYear, 2) + Count(DateParts.DayOfWeek, 2) + Count(DateParts.TimeOfDay, 2);

    protected override string Kind => "date";

    public static DateEncoder Fit(DateColumn column, Table table, int place, TableSchemaOptions limits)
    {
        var dates = new List<DateTime>(table.Count);
        for (var row = 0; row < table.Count; row++)
        {
            var text = table.Cell(row, place);
            if (!limits.IsMissing(text))
                dates.Add(Parse(column, text, table.PlaceOf(row, place)));
        }

        var gaps = table.Count - dates.Count;
        var origin = dates.Count > 0 ? dates.Min() : default;
        var days = new NumberStatistics(column.Name, [.. dates.Select(date => (date - origin).TotalDays)], gaps);
        var years = new NumberStatistics(column.Name, [.. dates.Select(date => (double)date.Year)], gaps);
        var fill = column.Fill ?? (days.FillOf(column.Missing, null) is var middle && double.IsNaN(middle) ? origin : origin.AddDays(middle));
        return new DateEncoder(column, gaps, origin, days.Fit(column.Scaling), years.Fit(column.Scaling), fill);
    }

    public static DateEncoder Read(SchemaFields fields)
    {
        var missing = fields.Choice<MissingValue>("missing");
        var fill = fields.Date("fill", Stored);
        var column = new DateColumn(fields.Name())
        {
            Missing = missing,
            Indicator = fields.Flag("indicator"),
            Format = fields.OptionalText("format"),
            Parts = (DateParts)fields.Count("parts"),
            Scaling = fields.Choice<ColumnScaling>("scaling"),
            Fill = missing == MissingValue.Constant ? fill : null,
        };
        fields.Check(column.Check);
        return new DateEncoder(
            column, fields.Count("gaps"), fields.Date("origin", Stored), (fields.Number("dayShift"), fields.Scale("dayScale")), (fields.Number("yearShift"), fields.Scale("yearScale")), fill);
    }

    protected override void EncodeValue(in TableValue value, Span<float> numbers, in CellPlace place)
    {
        if (value.Number is not null)
            throw place.Fault($"expected a date, but got the number {value}.");
        Write(value.Date ?? Parse(_column, value.Text!, place), numbers, place);
    }

    protected override void EncodeGap(Span<float> numbers) => Write(_fill, numbers, new CellPlace(null, 0, -1, -1, Name));

    protected override string DescribeValue() =>
        $"date{(_column.Format is { } format ? $" as {format}" : "")}: {_column.Parts}" +
        $"{(Has(DateParts.Days) ? $", {Scaling($"days since {Text(_origin)}", _days.Shift, _days.Scale)}" : "")}" +
        $"{(Has(DateParts.Year) ? $", {Scaling("year", _years.Shift, _years.Scale)}" : "")}";

    protected override string DescribeGap() => _column.Missing == MissingValue.KeepNaN ? "NaN" : $"{Text(_fill)} ({_column.Missing})";

    protected override void WriteRest(Utf8JsonWriter json)
    {
        if (_column.Format is { } format)
            json.WriteString("format", format);
        json.WriteNumber("parts", (int)_column.Parts);
        json.WriteString("scaling", _column.Scaling.ToString());
        json.WriteString("origin", _origin.ToString(Stored, CultureInfo.InvariantCulture));
        json.WriteNumber("dayShift", _days.Shift);
        json.WriteNumber("dayScale", _days.Scale);
        json.WriteNumber("yearShift", _years.Shift);
        json.WriteNumber("yearScale", _years.Scale);
        json.WriteString("fill", _fill.ToString(Stored, CultureInfo.InvariantCulture));
    }

    private static DateTime Parse(DateColumn column, string text, in CellPlace place) => DateText.TryParse(text, column.Format, out var date)
        ? date
        : throw place.Fault(
            $"expected a date {(column.Format is { } format ? $"as {format}" : "such as 2026-11-27 or 2026-11-27T16:03:36")}, but got {CellPlace.Quote(text)}." +
            $"{(column.Format is null ? $" {nameof(DateColumn.Format)} of the column says how others are written." : "")}");

    private static string Text(DateTime date) =>
        date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Cycle(double share, Span<float> numbers, ref int place)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * share);
        (numbers[place], numbers[place + 1]) = ((float)sine, (float)cosine);
        place += 2;
    }

    private void Write(DateTime date, Span<float> numbers, in CellPlace cell)
    {
        var place = 0;
        if (Has(DateParts.Days))
            numbers[place++] = Scaled((date - _origin).TotalDays, _days.Shift, _days.Scale, cell);
        if (Has(DateParts.Year))
            numbers[place++] = Scaled(date.Year, _years.Shift, _years.Scale, cell);
        if (Has(DateParts.DayOfYear))
            Cycle((date.DayOfYear - 1.0) / (DateTime.IsLeapYear(date.Year) ? 366 : 365), numbers, ref place);
        if (Has(DateParts.DayOfWeek))
            Cycle((int)date.DayOfWeek / 7.0, numbers, ref place);
        if (Has(DateParts.TimeOfDay))
            Cycle(date.TimeOfDay.TotalDays, numbers, ref place);
    }

    private int Count(DateParts part, int width) => Has(part) ? width : 0;

    private bool Has(DateParts part) => (_column.Parts & part) != 0;
}
