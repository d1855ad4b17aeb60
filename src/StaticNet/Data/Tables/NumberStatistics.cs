namespace StaticNet.Data;

/// <summary>The numbers of a column in the training part.</summary>
internal sealed class NumberStatistics
{
    private readonly double[] _sorted;

    /// <param name="name">The column.</param>
    /// <param name="values">Those of its numbers that are there, finite; they are sorted.</param>
    /// <param name="gaps">The number of rows without one.</param>
    /// <exception cref="DataFormatException">There is none.</exception>
    public NumberStatistics(string name, double[] values, int gaps)
    {
        if (values.Length == 0)
            throw new DataFormatException($"Column {CellPlace.Quote(name)}: expected values to fit a schema on; none of the {gaps} rows has one.");
        Array.Sort(values);
        _sorted = values;
        Gaps = gaps;
    }

    /// <summary>The number of rows without a number.</summary>
    public int Gaps { get; }

    public double Smallest => _sorted[0];

    public double Mean
    {
        get
        {
            // From the smallest, so that large numbers that differ little lose nothing.
            var sum = 0.0;
            foreach (var value in _sorted)
                sum += value - Smallest;
            if (double.IsFinite(sum))
                return Smallest + (sum / _sorted.Length);
            // Of huge numbers in shares, so that the sum does not overflow.
            var mean = 0.0;
            foreach (var value in _sorted)
                mean += value / _sorted.Length;
            return Math.Clamp(mean, _sorted[0], _sorted[^1]);
        }
    }

    public double Median
    {
        get
        {
            var (lower, upper) = (_sorted[(_sorted.Length - 1) / 2], _sorted[_sorted.Length / 2]);
            return double.IsFinite(upper - lower) ? lower + ((upper - lower) / 2) : (lower / 2) + (upper / 2);
        }
    }

    public double MostFrequent
    {
        get
        {
            var (best, most) = (_sorted[0], 0);
            for (int start = 0, end; start < _sorted.Length; start = end)
            {
                for (end = start + 1; end < _sorted.Length && _sorted[end] == _sorted[start];)
                    end++;
                if (end - start > most)
                    (best, most) = (_sorted[start], end - start);
            }

            return best;
        }
    }

    /// <summary>Reads the numbers of a column.</summary>
    /// <exception cref="DataFormatException">One is not valid, or none is there.</exception>
    public static NumberStatistics Of(Table table, int column, TableSchemaOptions limits, bool decimalComma)
    {
        var values = new List<double>(table.Count);
        for (var row = 0; row < table.Count; row++)
        {
            var text = table.Cell(row, column);
            if (limits.IsMissing(text))
            {
                if (limits.RefusesMissing)
                    throw table.PlaceOf(row, column).NoTarget(text, limits);
                continue;
            }

            if (!NumberText.TryParse(text, decimalComma, out var number))
                throw NumberText.Fault(text, decimalComma, table.PlaceOf(row, column));
            values.Add(number);
        }

        return new NumberStatistics(table.Columns[column], [.. values], table.Count - values.Count);
    }

    /// <summary>What is subtracted from numbers, and what they are then divided by.</summary>
    public (double Shift, double Scale) Fit(ColumnScaling scaling)
    {
        if (scaling == ColumnScaling.None)
            return (0, 1);
        var range = _sorted[^1] - _sorted[0];
        if (scaling == ColumnScaling.MinMax)
            return (_sorted[0], ScaleOf(range));
        var mean = Mean;
        // In shares of the range, so that no square overflows.
        var sum = 0.0;
        foreach (var value in _sorted)
            sum += Math.Pow(double.IsFinite(range) ? (value - mean) / ScaleOf(range) : (value / ScaleOf(range)) - (mean / ScaleOf(range)), 2);
        return (mean, ScaleOf(ScaleOf(range) * Math.Sqrt(sum / _sorted.Length)));
    }

    /// <summary>What gaps are filled with; NaN where they are not.</summary>
    public double FillOf(MissingValue policy, double? constant) => policy switch
    {
        MissingValue.Constant => constant!.Value,
        MissingValue.Mean => Mean,
        MissingValue.Median => Median,
        MissingValue.MostFrequent => MostFrequent,
        _ => double.NaN,
    };

    /// <summary>A column of one value is not scaled; one whose range no double holds is scaled by the largest.</summary>
    private static double ScaleOf(double range) => range == 0 ? 1 : Math.Min(range, double.MaxValue);
}
