using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Turns the rows of CSV text into samples, one at a time.</summary>
internal sealed class CsvParser
{
    private readonly CsvText _text;
    private readonly CsvOptions _options;
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly bool _hasClasses;
    private string[]? _header;
    private int[] _inputColumns = [];
    private int[] _targetColumns = [];
    private int _columns = -1;

    public CsvParser(CsvText text, CsvOptions options)
    {
        _text = text;
        _options = options;
        _hasClasses = options.TextLabels || options.ClassNames is not null;
        foreach (var name in options.ClassNames ?? [])
            _classes.Add(name, _classes.Count);
    }

    /// <summary>Numbers per input, once there was a row.</summary>
    public int InputLength => _inputColumns.Length;

    /// <summary>Numbers per target, once there was a row.</summary>
    public int TargetLength => _targetColumns.Length;

    /// <summary>The names of the classes so far, in the order of their indices.</summary>
    public string[] ClassNames => [.. _classes.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    public ImmutableArray<string> InputNames => NamesOf(_inputColumns);

    public ImmutableArray<string> TargetNames => NamesOf(_targetColumns);

    private long Line => _text.Line;

    /// <summary>Goes to the next sample, past a header.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (!_text.Read())
            return _columns >= 0
                ? false
                : throw new DataFormatException($"Expected {(_options.HasHeader ? "a header" : "at least one row")}; the file ends before.");
        if (_columns < 0)
        {
            Begin();
            if (_options.HasHeader)
                return Next();
        }
        if (_text.Reader.FieldCount != _columns)
            throw new DataFormatException(
                $"Line {Line}: expected {_columns} columns as in the first row; {_text.Reader.FieldCount} came.");
        return true;
    }

    /// <summary>Writes the numbers of the current sample.</summary>
    public void Parse(Span<float> input, Span<float> target)
    {
        for (var i = 0; i < _inputColumns.Length; i++)
            input[i] = Number(_inputColumns[i]);
        for (var i = 0; i < _targetColumns.Length; i++)
            target[i] = _hasClasses ? Class(_targetColumns[i]) : Number(_targetColumns[i]);
    }

    private void Begin()
    {
        _columns = _text.Reader.FieldCount;
        if (_options.HasHeader)
            _header = [.. Enumerable.Range(0, _columns).Select(column => _text.Reader.GetString(column))];
        _targetColumns = Find(_options.Targets);
        _inputColumns = _options.Inputs is null
            ? [.. Enumerable.Range(0, _columns).Except(_targetColumns)]
            : Find(_options.Inputs);
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
        if (float.TryParse(_text.Reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && float.IsFinite(value))
        {
            return value;
        }
        throw new DataFormatException(
            $"Line {Line}, {Describe(column)}: expected a finite number; '{Shorten(_text.Reader.GetString(column))}' came.");
    }

    private float Class(int column)
    {
        var name = _text.Reader.GetString(column);
        if (!_classes.TryGetValue(name, out var index))
        {
            if (_options.ClassNames is not null)
                throw new DataFormatException(
                    $"Line {Line}, {Describe(column)}: expected one of {Shorten(string.Join(", ", _options.ClassNames))}; " +
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
