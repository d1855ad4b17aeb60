using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Collects the rows that a reader finds.</summary>
internal sealed class CsvRows(CsvReader reader, CsvOptions options)
{
    private readonly List<float> _inputs = [];
    private readonly List<float> _targets = [];
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly bool _hasClasses = options.TextLabels || options.ClassNames is not null;
    private string[]? _header;
    private int[] _inputColumns = [];
    private int[] _targetColumns = [];
    private int _columns = -1;

    private long Line => reader.LineNumber + options.SkipLines;

    /// <summary>Takes the reader's current row: the header or a sample.</summary>
    public void Add()
    {
        if (_columns < 0)
        {
            Begin();
            if (options.HasHeader)
                return;
        }
        if (reader.FieldCount != _columns)
            throw new DataFormatException(
                $"Line {Line}: expected {_columns} columns as in the first row; {reader.FieldCount} came.");
        if (_inputs.Count + _inputColumns.Length > Array.MaxLength || _targets.Count + _targetColumns.Length > Array.MaxLength)
            throw new DataFormatException($"Line {Line}: expected at most {Array.MaxLength} numbers in all; more came.");
        foreach (var column in _inputColumns)
            _inputs.Add(Number(column));
        foreach (var column in _targetColumns)
            _targets.Add(_hasClasses ? Class(column) : Number(column));
    }

    /// <summary>Makes a data set of all rows.</summary>
    public CsvData ToData()
    {
        if (_columns < 0)
            throw new DataFormatException(
                $"Expected {(options.HasHeader ? "a header" : "at least one row")}; the file ends before.");
        var names = _classes.OrderBy(pair => pair.Value).Select(pair => pair.Key).ToArray();
        var targets = _targets.ToArray();
        if (_hasClasses && options.ClassNames is null)
            names = Sort(names, targets);
        var data = new DataSet(_inputColumns.Length, _targetColumns.Length, [.. _inputs], targets);
        return new CsvData(data, [.. names], NamesOf(_inputColumns), NamesOf(_targetColumns));
    }

    /// <summary>Renumbers classes from the order in which they came to the order of their names.</summary>
    private static string[] Sort(string[] names, float[] targets)
    {
        var sorted = names.Order(StringComparer.Ordinal).ToArray();
        var places = names.Select(name => (float)Array.BinarySearch(sorted, name, StringComparer.Ordinal)).ToArray();
        for (var i = 0; i < targets.Length; i++)
            targets[i] = places[(int)targets[i]];
        return sorted;
    }

    private void Begin()
    {
        _columns = reader.FieldCount;
        if (options.HasHeader)
            _header = [.. Enumerable.Range(0, _columns).Select(column => reader.GetString(column))];
        foreach (var name in options.ClassNames ?? [])
            _classes.Add(name, _classes.Count);
        _targetColumns = Find(options.Targets);
        _inputColumns = options.Inputs is null
            ? [.. Enumerable.Range(0, _columns).Except(_targetColumns)]
            : Find(options.Inputs);
        if (_inputColumns.Length == 0)
            throw new DataFormatException(
                $"Line {Line}: expected at least one input column beside the targets; the row has {_columns} columns.");
    }

    private int[] Find(IReadOnlyList<CsvColumn> columns)
    {
        var places = new int[columns.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = columns[i].Find(_columns, _header);
            if (places[i] < 0)
                throw new DataFormatException(
                    $"Line {Line}: expected a column {columns[i]}; the {_columns} columns " +
                    $"{(_header is null ? "have no names" : $"are {Shorten(string.Join(", ", _header))}")}.");
        }
        return places;
    }

    private float Number(int column)
    {
        if (float.TryParse(reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && float.IsFinite(value))
        {
            return value;
        }
        throw new DataFormatException(
            $"Line {Line}, {Describe(column)}: expected a finite number; '{Shorten(reader.GetString(column))}' came.");
    }

    private float Class(int column)
    {
        var name = reader.GetString(column);
        if (!_classes.TryGetValue(name, out var index))
        {
            if (options.ClassNames is not null)
                throw new DataFormatException(
                    $"Line {Line}, {Describe(column)}: expected one of {Shorten(string.Join(", ", options.ClassNames))}; " +
                    $"'{Shorten(name)}' came.");
            if (name.Length == 0)
                throw new DataFormatException(
                    $"Line {Line}, {Describe(column)}: expected the name of a class; the field is empty.");
            index = _classes.Count;
            _classes.Add(name, index);
        }
        return index;
    }

    private ImmutableArray<string> NamesOf(int[] columns) =>
        _header is null ? [] : [.. columns.Select(column => _header[column])];

    private string Describe(int column) => _header is null ? $"column {column}" : $"column {column} '{Shorten(_header[column])}'";

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
