using System.Globalization;

namespace StaticNet.Data;

/// <summary>Watches the numbers of a column on their way from double to float, for those that float32 cannot distinguish.</summary>
internal struct NumberPrecision
{
    /// <summary>Fewer steps than this between the smallest and the largest number are too few.</summary>
    private const double FewSteps = 256;

    /// <summary>From here on not even doubles have every whole number.</summary>
    private const double FirstGapOfDoubles = 1L << 53;

    private double _smallest;
    private double _largest;
    private double _last;
    private float _lastRounded;
    private long _numbers;
    private long _changes;
    private long _lostChanges;
    private bool _isRounded;

    /// <summary>Takes note of a number and of what it becomes.</summary>
    public void Add(double number, float rounded)
    {
        _smallest = _numbers > 0 ? Math.Min(_smallest, number) : number;
        _largest = _numbers > 0 ? Math.Max(_largest, number) : number;
        _isRounded |= rounded != number;
        if (_numbers++ > 0 && number != _last)
        {
            _changes++;
            // Of fractions the last digits say little; a whole number that is another is something else.
            _lostChanges += rounded == _lastRounded && double.IsInteger(number) && double.IsInteger(_last) ? 1 : 0;
        }

        (_last, _lastRounded) = (number, rounded);
    }

    /// <summary>What is to be said of the column; null if nothing.</summary>
    /// <param name="column">What the column is called, for the beginning of the message.</param>
    /// <param name="option">What the option is called that moves the column's numbers.</param>
    /// <param name="withOffset">The C# that moves them by an offset.</param>
    public readonly string? Warning(string column, string option, Func<double, string> withOffset)
    {
        var range = _largest - _smallest;
        var largest = (float)Math.Max(Math.Abs(_smallest), Math.Abs(_largest));
        var step = (double)MathF.BitIncrement(largest) - largest;
        if (!_isRounded)
            return null;
        if (range <= 0)
        {
            // Their difference is already lost in the double, or there is none.
            return _numbers > 1 && largest >= FirstGapOfDoubles
                ? string.Create(CultureInfo.InvariantCulture, $"{column}: all {_numbers} numbers are {_largest}, where doubles are {Math.BitIncrement(_largest) - _largest} apart. If they differ in the file, keep only the digits there that distinguish them.")
                : null;
        }

        if (range >= FewSteps * step)
        {
            // A few numbers of another size, such as zeros for what is missing, must not hide what the rest have become.
            return 2 * _lostChanges >= _changes
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{column}: of {_changes} changes from row to row {_lostChanges} are lost, since floats are {step:G3} apart at {_largest}. Move the numbers while they are doubles, by {option}, and mark what is missing otherwise than by a number of another size.")
                : null;
        }

        var floats = (long)(((double)(float)_largest - (float)_smallest) / step) + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{column}: its numbers from {_smallest} to {_largest} become {(floats == 1 ? "one and the same float" : $"{floats} different floats")}, since " +
            $"floats are {step:G3} apart there. Move them while they are doubles: {withOffset(_smallest)}.");
    }
}
