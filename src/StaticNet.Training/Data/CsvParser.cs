using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Turns the rows of CSV text into samples, one at a time.</summary>
internal sealed class CsvParser
{
    /// <summary>What means a missing number; the parser accepts NaN as a number.</summary>
    private static readonly HashSet<string> Missing = new(StringComparer.OrdinalIgnoreCase) { "", "NA", "N/A", "null", "none", "?", "-" };

    private readonly CsvText _text;
    private readonly CsvOptions _options;
    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);
    private readonly bool _hasClasses;
    private string[]? _header;
    private Field[] _inputs = [];
    private Field[] _targets = [];
    private NumberPrecision[] _precisions = [];
    private readonly CsvAdvice _advice;
    private int _columns = -1;
    private bool _isPastFirstRow;

    public CsvParser(CsvText text, CsvOptions options)
    {
        _text = text;
        _options = options;
        _advice = new CsvAdvice(options);
        _hasClasses = options.TextLabels || options.ClassNames is not null;
        foreach (var name in options.ClassNames ?? [])
            _classes.Add(name, _classes.Count);
    }

    /// <summary>Numbers per input, once there was a row.</summary>
    public int InputLength => _inputs.Length;

    /// <summary>Numbers per target, once there was a row.</summary>
    public int TargetLength => _targets.Length;

    /// <summary>The names of the classes so far, in the order of their indices.</summary>
    public string[] ClassNames => [.. _classes.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    public ImmutableArray<string> InputNames => NamesOf(_inputs);

    public ImmutableArray<string> TargetNames => NamesOf(_targets);

    private long Line => _text.Line;

    /// <summary>Goes to the next sample, past a header.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (!_text.Read())
            return _columns >= 0
                ? false
                : throw new DataFormatException($"Expected {(_options.HasHeader ? "a header" : "at least one row")}; the file ends before.{_text.Hint}");
        if (_columns < 0)
        {
            Begin();
            if (_options.HasHeader)
                return Next();
        }
        if (_text.Reader.FieldCount != _columns)
            throw new DataFormatException(
                $"Line {Line}: expected {_columns} columns as in the first row, but got {_text.Reader.FieldCount}.");
        return true;
    }

    /// <summary>Writes the numbers of the current sample.</summary>
    public void Parse(Span<float> input, Span<float> target)
    {
        for (var i = 0; i < _inputs.Length; i++)
            input[i] = Number(_inputs[i], ref _precisions[i]);
        for (var i = 0; i < _targets.Length; i++)
            target[i] = _hasClasses ? Class(_targets[i].Column) : Number(_targets[i], ref _precisions[_inputs.Length + i]);
        _isPastFirstRow = true;
    }

    /// <summary>Says which columns have numbers that are no longer distinct, once all rows are parsed.</summary>
    public void Warn()
    {
        for (var i = 0; i < _precisions.Length; i++)
        {
            var column = (i < _inputs.Length ? _inputs[i] : _targets[i - _inputs.Length]).Column;
            var selector = _header is null ? $"{column}" : $"\"{_header[column]}\"";
            var warning = _precisions[i].Warning(
                $"{_text.Name}, {Describe(column)}",
                $"the Offset of new CsvColumn({selector})",
                offset => FormattableString.Invariant($"new CsvColumn({selector}) {{ Offset = {offset} }}"));
            if (warning is not null)
                _options.Warnings.WriteLine(warning);
        }
    }

    private void Begin()
    {
        _columns = _text.Reader.FieldCount;
        if (_options.HasHeader)
            _header = [.. Enumerable.Range(0, _columns).Select(column => _text.Reader.GetString(column))];
        _targets = Find(_options.Targets);
        _inputs = _options.Inputs is null
            ? [.. Enumerable.Range(0, _columns).Except(_targets.Select(target => target.Column)).Select(column => new Field(column, 0, 1))]
            : Find(_options.Inputs);
        if (_inputs.Length == 0)
            throw new DataFormatException(
                $"Line {Line}: expected at least one input column next to the targets; the row has {_columns} column" +
                $"{(_columns == 1 ? "" : "s")}.{(_columns == 1 ? _advice.OfDelimiter(_text.Reader.GetString(0)) : "")}{_text.Hint}");
        _precisions = new NumberPrecision[_inputs.Length + (_hasClasses ? 0 : _targets.Length)];
        if (_options.HasHeader)
            RequireNames();
    }

    /// <summary>Refuses a row of numbers as a header, some of which may be missing: it would be a sample that is lost.</summary>
    private void RequireNames()
    {
        // A column that was asked for by its name is found, so that the row has names, be they numbers.
        if (_options.Targets.Concat(_options.Inputs ?? []).Any(column => column.Name is not null))
            return;
        var numeric = _hasClasses ? _inputs : [.. _inputs, .. _targets];
        if (numeric.All(field => IsNumber(field) || Missing.Contains(_header![field.Column].Trim())) && numeric.Any(IsNumber))
            throw new DataFormatException(
                $"Line {Line}: expected the names of the columns, since HasHeader is true, but got numbers: " +
                $"{Shorten(string.Join(", ", _header!))}. Set HasHeader = false, or, if they are names, SkipLines = {_options.SkipLines + 1} too.");

        bool IsNumber(Field field) => double.TryParse(_header![field.Column], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private Field[] Find(IReadOnlyList<CsvColumn> columns)
    {
        var fields = new Field[columns.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var place = columns[i].Find(_columns, _header);
            fields[i] = new Field(place, columns[i].Offset, columns[i].Scale);
            if (place < 0)
                throw new DataFormatException(
                    $"Line {Line}: expected a column {columns[i].Describe()}; the {_columns} columns " +
                    $"{(_header is null ? "have no names" : $"are {Shorten(string.Join(", ", _header))}")}." +
                    $"{(_header is null && columns[i].Name is not null ? " Set HasHeader = true if the first row has them." : "")}" +
                    $"{(_columns == 1 ? _advice.OfDelimiter(_text.Reader.GetString(0)) : "")}{_text.Hint}");
        }
        return fields;
    }

    private float Number(Field field, ref NumberPrecision precision)
    {
        var text = _text.Reader.GetSpan(field.Column);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var scaled = (number - field.Offset) * field.Scale;
            var rounded = (float)scaled;
            // Halfway between two floats for the double, but not perhaps for the text: rounded once, it is the nearest.
            if ((BitConverter.DoubleToUInt64Bits(scaled) & 0x1FFF_FFFF) == 0x1000_0000 && field is { Offset: 0, Scale: 1 })
                rounded = float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (float.IsFinite(rounded))
            {
                precision.Add(scaled, rounded);
                return rounded;
            }
        }
        throw new DataFormatException(
            $"Line {Line}, {Describe(field.Column)}: expected a finite number, but got '{Shorten(_text.Reader.GetString(field.Column))}'." +
            $"{_advice.OfText(_text.Reader, field.Column, isFirstRow: !_isPastFirstRow, isTarget: _targets.Contains(field))}" +
            $"{(_isPastFirstRow ? "" : _text.Hint)}");
    }

    private float Class(int column)
    {
        var name = _text.Reader.GetString(column);
        if (!_classes.TryGetValue(name, out var index))
        {
            if (_options.ClassNames is not null)
                throw new DataFormatException(
                    $"Line {Line}, {Describe(column)}: expected one of {Shorten(string.Join(", ", _options.ClassNames))}, but got " +
                    $"'{Shorten(name)}'.");
            if (name.Length == 0)
                throw new DataFormatException(
                    $"Line {Line}, {Describe(column)}: expected the name of a class; the field is empty.");
            if (_classes.Count == _options.MaxClasses)
                throw new DataFormatException(
                    $"Line {Line}, {Describe(column)}: expected at most {_options.MaxClasses} classes (MaxClasses); '{Shorten(name)}' is one more.");
            index = _classes.Count;
            _classes.Add(name, index);
        }
        return index;
    }

    private ImmutableArray<string> NamesOf(Field[] fields) =>
        _header is null ? [] : [.. fields.Select(field => _header[field.Column])];

    private string Describe(int column) => _header is null ? $"column {column + 1}" : $"column {column + 1} '{Shorten(_header[column])}'";

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";

    /// <summary>A column that is read, and what is subtracted from its numbers and multiplied with them.</summary>
    private readonly record struct Field(int Column, double Offset, double Scale);
}
