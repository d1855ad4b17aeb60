namespace StaticNet.Training;

/// <summary>A copy of what a batch changes without a step: running statistics and centres.</summary>
internal sealed class StatisticsCopy
{
    private readonly ParameterInfo[] _parameters;
    private readonly float[] _values;

    /// <summary>Makes room for the statistics.</summary>
    /// <param name="table">The network's parameters.</param>
    public StatisticsCopy(ParameterTable table)
    {
        _parameters = [.. table.Parameters.Where(parameter => parameter.Kind == ParameterKind.Statistic)];
        _values = new float[_parameters.Sum(parameter => parameter.PackedLength)];
    }

    /// <summary>Copies the statistics.</summary>
    /// <param name="weights">All parameters.</param>
    public void Take(ReadOnlySpan<float> weights)
    {
        var place = 0;
        foreach (var parameter in _parameters)
        {
            weights.Slice(parameter.Offset, parameter.PackedLength).CopyTo(_values.AsSpan(place));
            place += parameter.PackedLength;
        }
    }

    /// <summary>Makes the statistics what they were.</summary>
    /// <param name="weights">All parameters.</param>
    public void PutBack(Span<float> weights)
    {
        var place = 0;
        foreach (var parameter in _parameters)
        {
            _values.AsSpan(place, parameter.PackedLength).CopyTo(weights[parameter.Offset..]);
            place += parameter.PackedLength;
        }
    }
}
