using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Turns the elements of an array into floats, column by column where numbers are to be moved before, and watches what is lost.</summary>
internal sealed class ColumnNumbers
{
    private const int ScratchLength = 512;

    /// <summary>Time stamps are among few columns; in longer rows are pixels.</summary>
    private const int MostWatched = 1 << 12;

    private readonly ElementType _type;
    private readonly bool _bigEndian;
    private readonly int[] _shape;
    private readonly bool _fortranOrder;
    private readonly NumberOptions _options;
    private readonly double[] _offsets;
    private readonly double[] _scales;
    private readonly bool _moves;
    private readonly bool _watches;
    private readonly int _rows;
    private readonly int _rowLength;
    private NumberPrecision[] _precisions = [];

    /// <exception cref="ArgumentException">The options do not fit the array.</exception>
    public ColumnNumbers(ElementType type, bool bigEndian, ReadOnlySpan<int> shape, NumberOptions? options, bool fortranOrder = false)
    {
        _options = options ?? new NumberOptions();
        (_type, _bigEndian, _shape, _fortranOrder) = (type, bigEndian, shape.ToArray(), fortranOrder);
        _rows = shape.IsEmpty ? 1 : shape[0];
        // Of no rows they may be more than any number holds.
        _rowLength = shape.IsEmpty || !Shapes.TryCount(shape[1..], out var length) ? 1 : length;
        _options.Check(_rowLength);
        // Up to the last column that is named: how many there are is what a file says.
        _offsets = new double[_options.Offsets.Keys.DefaultIfEmpty(-1).Max() + 1];
        foreach (var (column, offset) in _options.Offsets)
            _offsets[column] = offset;
        _scales = new double[_options.Scales.Keys.DefaultIfEmpty(-1).Max() + 1];
        Array.Fill(_scales, 1);
        foreach (var (column, scale) in _options.Scales)
            _scales[column] = scale;
        _moves = _offsets.Length + _scales.Length > 0;
        _watches = _rows > 1 && ElementConverter.IsWide(type) && _options.Warnings != TextWriter.Null;
    }

    /// <summary>Whether numbers are moved before they become floats.</summary>
    public bool Moves => _moves;

    /// <summary>Whether <see cref="Convert"/> has anything to watch.</summary>
    public bool Watches => _watches;

    /// <summary>Converts some elements. Without watching this may be done on several threads at the same time, and allocates nothing.</summary>
    /// <param name="source">Their bytes.</param>
    /// <param name="place">The first one's number in the file.</param>
    /// <param name="destination">As many floats as elements.</param>
    /// <param name="watches">Whether to take note of what is lost, for <see cref="Warn"/>.</param>
    public void Convert(ReadOnlySpan<byte> source, long place, Span<float> destination, bool watches)
    {
        watches &= _watches;
        // Rounded once, and not by way of a double.
        if (!_moves)
            ElementConverter.ToFloats(source, _type, _bigEndian, destination);
        if (!_moves && !watches)
            return;
        Span<double> scratch = stackalloc double[ScratchLength];
        var column = ColumnAt(place, out var left);
        while (!destination.IsEmpty)
        {
            var numbers = scratch[..Math.Min(ScratchLength, destination.Length)];
            ElementConverter.ToDoubles(source, _type, _bigEndian, numbers);
            for (var i = 0; i < numbers.Length; i++)
            {
                var number = numbers[i];
                if (_moves)
                {
                    number = (number - (column < _offsets.Length ? _offsets[column] : 0)) * (column < _scales.Length ? _scales[column] : 1);
                    destination[i] = (float)number;
                }

                if (watches && column < MostWatched && float.IsFinite(destination[i]))
                    Precision(column).Add(number, destination[i]);
                place++;
                if (!_fortranOrder)
                    column = column + 1 < _rowLength ? column + 1 : 0;
                else if (--left == 0)
                    column = ColumnAt(place, out left);
            }

            source = source[(numbers.Length * ElementConverter.SizeOf(_type))..];
            destination = destination[numbers.Length..];
        }
    }

    /// <summary>Says which columns have numbers that are no longer distinct.</summary>
    /// <param name="file">What the file is called.</param>
    public void Warn(string file)
    {
        for (var column = 0; column < _precisions.Length; column++)
        {
            var place = column;
            var warning = _precisions[column].Warning(
                $"{file}, index {column}",
                $"{nameof(NumberOptions.Offsets)}[{column}] of {nameof(NumberOptions)}",
                offset => FormattableString.Invariant($"new {nameof(NumberOptions)} {{ {nameof(NumberOptions.Offsets)} = new Dictionary<int, double> {{ [{place}] = {offset} }} }}"));
            if (warning is not null)
                _options.Warnings.WriteLine(warning);
        }
    }

    private ref NumberPrecision Precision(int column)
    {
        // Only as data comes.
        if (column >= _precisions.Length)
            Array.Resize(ref _precisions, Math.Min(Math.Min(_rowLength, MostWatched), Math.Max(2 * _precisions.Length, column + 1)));
        return ref _precisions[column];
    }

    /// <summary>The column of an element.</summary>
    /// <param name="place">The element's number in the file.</param>
    /// <param name="left">In Fortran order, the elements of this column from here on.</param>
    private int ColumnAt(long place, out int left)
    {
        if (!_fortranOrder)
        {
            left = 1;
            return (int)(place % _rowLength);
        }

        var (behind, row) = Math.DivRem(place, Math.Max(1, _rows));
        left = (int)(_rows - row);
        // The places of the other axes, the first of which runs fastest in the file and slowest in a row.
        long column = 0;
        long stride = _rowLength;
        for (var axis = 1; axis < _shape.Length && stride > 0; axis++)
        {
            stride /= _shape[axis];
            column += behind % _shape[axis] * stride;
            behind /= _shape[axis];
        }

        return (int)column;
    }
}
