using System.Text.Json;

namespace StaticNet.Data;

/// <summary>A column of categories.</summary>
internal sealed class CategoryEncoder : ColumnEncoder
{
    private readonly CategoryColumn _column;
    private readonly string[] _categories;
    private readonly Dictionary<string, int> _places;
    private readonly int _fill;
    private readonly int _mostFrequent;

    // Whether the training part had categories that are too rare to be their own.
    private readonly bool _hasRare;

    private CategoryEncoder(CategoryColumn column, int gaps, string[] categories, int fill, int mostFrequent, bool hasRare)
        : base(column, gaps)
    {
        (_column, _categories, _fill, _mostFrequent, _hasRare) = (column, categories, fill, mostFrequent, hasRare);
        _places = categories.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
    }

    protected override int ValueWidth => _column.Encoding == CategoryEncoding.Index
        ? 1
        : _categories.Length + (HasOther ? 1 : 0) + (HasOwn ? 1 : 0);

    protected override string Kind => "category";

    private bool HasOther => _column.Unknown == UnknownCategory.Other;

    private bool HasOwn => _column.Missing == MissingValue.OwnCategory;

    public static CategoryEncoder Fit(CategoryColumn column, Table table, int place, TableSchemaOptions limits)
    {
        var (counts, gaps) = CategoryCounts.Of(table, place, limits, "a category");
        var names = column.Categories?.ToArray() ?? [.. counts.Where(pair => pair.Value >= column.MinCount).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
            throw new DataFormatException($"Column {CellPlace.Quote(column.Name)}: expected categories that occur in {column.MinCount} rows or more; none of {counts.Count} does.");
        var hasRare = counts.Count > names.Length || counts.Keys.Except(names, StringComparer.Ordinal).Any();
        if (hasRare && column.Unknown == UnknownCategory.Refuse)
        {
            var unknown = counts.Keys.Except(names, StringComparer.Ordinal).First();
            var row = Enumerable.Range(0, table.Count).First(row => table.Cell(row, place) == unknown);
            throw UnknownFault(unknown, names, table.PlaceOf(row, place));
        }

        var most = names.Index().MaxBy(name => counts.GetValueOrDefault(name.Item)).Index;
        var fill = column.Fill is { } constant ? Array.IndexOf(names, constant) : most;
        return fill < 0
            ? throw new ArgumentException($"Column {CellPlace.Quote(column.Name)}: expected a {nameof(CategoryColumn.Fill)} that is one of {CellPlace.List(names)}, but got {CellPlace.Quote(column.Fill!)}.")
            : new CategoryEncoder(column, gaps, names, fill, most, hasRare);
    }

    public static CategoryEncoder Read(SchemaFields fields)
    {
        var (missing, categories) = (fields.Choice<MissingValue>("missing"), fields.Names("categories"));
        var (fill, most) = (fields.Place("fill", categories.Length), fields.Place("mostFrequent", categories.Length));
        var column = new CategoryColumn(fields.Name())
        {
            Missing = missing,
            Indicator = fields.Flag("indicator"),
            Encoding = fields.Choice<CategoryEncoding>("encoding"),
            Unknown = fields.Choice<UnknownCategory>("unknown"),
            Fill = missing == MissingValue.Constant ? categories[fill] : null,
            Categories = categories,
        };
        fields.Check(column.Check);
        return new CategoryEncoder(column, fields.Count("gaps"), categories, fill, most, fields.Flag("hasRare"));
    }

    protected override void EncodeValue(in TableValue value, Span<float> numbers, in CellPlace place)
    {
        if (value.Text is not { } text)
            throw place.Fault($"expected the name of a category as text, but got {value}.");
        if (_places.TryGetValue(text, out var category))
            Write(category, numbers);
        else if (_column.Unknown == UnknownCategory.Refuse)
            throw UnknownFault(text, _categories, place);
        else if (_column.Unknown == UnknownCategory.MostFrequent)
            Write(_mostFrequent, numbers);
        else
            Write(HasOther && _hasRare ? _categories.Length : -1, numbers);
    }

    protected override void EncodeGap(Span<float> numbers) => Write(
        _column.Missing switch
        {
            MissingValue.Zeros => -1,
            MissingValue.OwnCategory => Gaps > 0 ? ValueWidth - 1 : -1,
            _ => _fill,
        },
        numbers);

    protected override string DescribeValue()
    {
        var unknown = _column.Unknown switch
        {
            UnknownCategory.Refuse => "refused",
            UnknownCategory.Zeros => "all zeros",
            UnknownCategory.MostFrequent => CellPlace.Quote(_categories[_mostFrequent]),
            _ => _hasRare ? "a number of their own" : "a number of their own, which is 0 because the training part had none",
        };
        return $"category: {(_column.Encoding == CategoryEncoding.Index ? "index" : "one-hot")} of {CellPlace.List(_categories)}; unknown: {unknown}";
    }

    protected override string DescribeGap() => _column.Missing switch
    {
        MissingValue.KeepNaN => "NaN",
        MissingValue.Zeros => "all zeros",
        MissingValue.OwnCategory => Gaps > 0 ? "a number of their own" : "a number of their own, which is 0 because the training part had none",
        _ => $"{CellPlace.Quote(_categories[_fill])} ({_column.Missing})",
    };

    protected override void WriteRest(Utf8JsonWriter json)
    {
        json.WriteString("encoding", _column.Encoding.ToString());
        json.WriteString("unknown", _column.Unknown.ToString());
        json.WriteNumber("fill", _fill);
        json.WriteNumber("mostFrequent", _mostFrequent);
        json.WriteBoolean("hasRare", _hasRare);
        json.WriteStartArray("categories");
        foreach (var category in _categories)
            json.WriteStringValue(category);
        json.WriteEndArray();
    }

    private void Write(int category, Span<float> numbers)
    {
        if (_column.Encoding == CategoryEncoding.Index)
        {
            numbers[0] = category;
            return;
        }

        numbers.Clear();
        if (category >= 0)
            numbers[category] = 1;
    }

    private static DataFormatException UnknownFault(string text, string[] categories, in CellPlace place) => place.Fault(
        $"expected one of {CellPlace.List(categories)}, but got {CellPlace.Quote(text)}. {nameof(CategoryColumn.Unknown)} of the column says what to do with other categories.");
}
