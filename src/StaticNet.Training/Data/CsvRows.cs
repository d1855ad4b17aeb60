using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Collects the samples of CSV text.</summary>
internal sealed class CsvRows(CsvText text, CsvOptions options)
{
    private readonly CsvParser _parser = new(text, options);
    private readonly List<float> _inputs = [];
    private readonly List<float> _targets = [];
    private readonly List<long> _lines = [];

    /// <summary>Reads all rows and makes a data set of them.</summary>
    public CsvData Read()
    {
        float[] input = [];
        float[] target = [];
        while (_parser.Next())
        {
            if (_inputs.Count + _parser.InputLength > Array.MaxLength || _targets.Count + _parser.TargetLength > Array.MaxLength)
                throw new DataFormatException($"Line {text.Line}: expected at most {Array.MaxLength} numbers in all, but got more.");
            Array.Resize(ref input, _parser.InputLength);
            Array.Resize(ref target, _parser.TargetLength);
            _parser.Parse(input, target);
            _inputs.AddRange(input);
            _targets.AddRange(target);
            _lines.Add(text.Line);
        }
        _parser.Warn();
        var targets = _targets.ToArray();
        var names = _parser.ClassNames;
        if (options.TextLabels && options.ClassNames is null)
            names = Sort(names, targets);
        var (lines, name) = (_lines.ToArray(), text.Name);
        var data = new DataSet(_parser.InputLength, _parser.TargetLength, [.. _inputs], targets).WithPlaces(sample => $"line {lines[sample]} of {name}");
        return new CsvData(data, [.. names], _parser.InputNames, _parser.TargetNames);
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
}
