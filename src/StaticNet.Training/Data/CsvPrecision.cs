using System.Globalization;

namespace StaticNet.Training;

/// <summary>Watches the numbers of a column on their way from double to float, for those that float32 cannot tell apart.</summary>
internal struct CsvPrecision
{
    /// <summary>Fewer steps than this between the smallest and the largest number are too few.</summary>
    private const double FewSteps = 256;

    private double _smallest;
    private double _largest;
    private bool _hasNumbers;
    private bool _isRounded;

    /// <summary>Takes note of a number and of what it becomes.</summary>
    public void Add(double number, float rounded)
    {
        _smallest = _hasNumbers ? Math.Min(_smallest, number) : number;
        _largest = _hasNumbers ? Math.Max(_largest, number) : number;
        _hasNumbers = true;
        _isRounded |= rounded != number;
    }

    /// <summary>What is to be said of the column; null if nothing.</summary>
    /// <param name="column">What the column is called, for the beginning of the message.</param>
    /// <param name="selector">The C# that names the column.</param>
    public readonly string? Warning(string column, string selector)
    {
        var range = _largest - _smallest;
        var largest = (float)Math.Max(Math.Abs(_smallest), Math.Abs(_largest));
        var step = (double)MathF.BitIncrement(largest) - largest;
        if (!_isRounded || range <= 0 || range >= FewSteps * step)
            return null;
        var floats = (long)(((double)(float)_largest - (float)_smallest) / step) + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{column}: its numbers from {_smallest} to {_largest} become {(floats == 1 ? "one and the same float" : $"{floats} different floats")}, since " +
            $"floats are {step:G3} apart there. Move them while they are doubles: new CsvColumn({selector}) {{ Offset = {_smallest} }}.");
    }
}
