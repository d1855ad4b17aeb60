using System.Buffers;

namespace StaticNet.Data;

/// <summary>Divides CSV text into rows and fields (RFC 4180), one row at a time in memory that is used again.</summary>
/// <remarks>
/// Line ends are \n, \r\n or \r. A field may be in quotes, with a quote within it doubled; spaces around a field and around its quotes do
/// not count, those within quotes do. Empty lines are left out. Everything else about quotes is refused: what a quote in the middle of a
/// field means, no two programs agree on.
/// </remarks>
/// <param name="text">The text; it stays open.</param>
/// <param name="format">How it is divided.</param>
/// <param name="hint">What the file seems to be instead, for the end of messages.</param>
internal sealed class CsvFields(TextReader text, CsvFormat format, string hint)
{
    private const int BlockLength = 1 << 12;

    private readonly SearchValues<char> _ends = SearchValues.Create([format.Delimiter, '"', '\r', '\n']);
    private readonly char[] _block = new char[BlockLength];
    private int _place;
    private int _length;
    private long _lines = format.SkipLines;
    private bool _isAfterReturn;

    // The fields of the row, one after the other, and where each ends.
    private char[] _row = new char[256];
    private int _rowLength;
    private int[] _starts = new int[16];
    private int[] _stops = new int[16];
    private int _fieldStart;

    // All characters of the row that were read, quotes and delimiters too.
    private int _read;

    /// <summary>The number of fields of the current row.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line on which the current row begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>A field of the current row, until the next one is read.</summary>
    public ReadOnlySpan<char> GetSpan(int field)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)field, (uint)FieldCount, nameof(field));
        return _row.AsSpan(_starts[field], _stops[field] - _starts[field]);
    }

    /// <summary>A field of the current row.</summary>
    public string GetString(int field) => new(GetSpan(field));

    /// <summary>Goes to the next row that is not empty.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataFormatException">The text is not CSV, or exceeds a limit.</exception>
    public bool Read()
    {
        while (true)
        {
            if (Peek() < 0)
                return false;
            if (!ReadRow())
                return true;
        }
    }

    /// <returns>Whether the row is an empty line.</returns>
    private bool ReadRow()
    {
        Line = _lines + 1;
        (FieldCount, _rowLength, _fieldStart, _read) = (0, 0, 0, 0);
        var isQuoted = false;
        var hasQuotes = false;
        while (true)
        {
            var symbol = Peek();
            if (symbol < 0 || symbol == format.Delimiter || symbol is '\r' or '\n')
            {
                if (symbol >= 0)
                    Take();
                if (symbol == '\r' && Peek() == '\n')
                    Take();
                End(isQuoted);
                if (symbol == format.Delimiter)
                {
                    isQuoted = false;
                    continue;
                }

                return FieldCount == 1 && !hasQuotes && _stops[0] == _starts[0];
            }

            if (symbol != '"')
            {
                TakeUntilEnd(isQuoted);
                continue;
            }

            if (isQuoted || !MemoryExtensions.IsWhiteSpace(_row.AsSpan(_fieldStart, _rowLength - _fieldStart)))
                throw Malformed(isQuoted ? "there is more after the quote that ends a field" : "there is a quote in a field that does not begin with one");
            Take();
            _rowLength = _fieldStart;
            TakeQuoted();
            (isQuoted, hasQuotes) = (true, true);
        }
    }

    /// <summary>Takes what is neither delimiter nor quote nor line end. After a field in quotes only spaces may come.</summary>
    private void TakeUntilEnd(bool isQuoted)
    {
        var rest = _block.AsSpan(_place, _length - _place);
        var end = rest.IndexOfAny(_ends);
        var part = end < 0 ? rest : rest[..end];
        if (!isQuoted)
            Append(part);
        else if (!MemoryExtensions.IsWhiteSpace(part))
            throw Malformed("there is more after the quote that ends a field");
        Advance(part.Length);
    }

    private void TakeQuoted()
    {
        while (true)
        {
            if (Peek() < 0)
                throw Malformed("the text ends within quotes");
            var rest = _block.AsSpan(_place, _length - _place);
            var end = rest.IndexOfAny('"', '\r', '\n');
            var part = end < 0 ? rest : rest[..end];
            Append(part);
            Advance(part.Length);
            if (end < 0)
                continue;
            var symbol = Take();
            if (symbol == '"')
            {
                if (Peek() != '"')
                    return;
                Take();
            }

            Append([symbol]);
        }
    }

    private void End(bool isQuoted)
    {
        if (FieldCount == format.MaxColumns)
            throw new DataFormatException($"Line {Line}: expected rows of at most {format.MaxColumns} columns (MaxColumns); this one has more.");
        if (FieldCount == _starts.Length)
        {
            Array.Resize(ref _starts, 2 * FieldCount);
            Array.Resize(ref _stops, 2 * FieldCount);
        }

        var (start, stop) = (_fieldStart, _rowLength);
        while (!isQuoted && start < stop && char.IsWhiteSpace(_row[start]))
            start++;
        while (!isQuoted && start < stop && char.IsWhiteSpace(_row[stop - 1]))
            stop--;
        (_starts[FieldCount], _stops[FieldCount]) = (start, stop);
        FieldCount++;
        _fieldStart = _rowLength;
    }

    /// <summary>The next character without taking it; −1 at the end.</summary>
    private int Peek()
    {
        if (_place == _length)
            (_place, _length) = (0, text.Read(_block));
        return _place < _length ? _block[_place] : -1;
    }

    /// <summary>Takes the next character, and counts the lines: \r\n is one end.</summary>
    private char Take()
    {
        var symbol = _block[_place];
        if (symbol == '\r' || (symbol == '\n' && !_isAfterReturn))
            _lines++;
        Advance(1);
        _isAfterReturn = symbol == '\r';
        return symbol;
    }

    private void Advance(int count)
    {
        if (count == 0)
            return;
        _place += count;
        _isAfterReturn = false;
        _read += count;
        if (_read > format.MaxRowLength)
            throw Malformed("the row is longer (MaxRowLength)");
    }

    private void Append(ReadOnlySpan<char> part)
    {
        if (_rowLength + part.Length > _row.Length)
            Array.Resize(ref _row, Math.Max(2 * _row.Length, _rowLength + part.Length));
        part.CopyTo(_row.AsSpan(_rowLength));
        _rowLength += part.Length;
    }

    private DataFormatException Malformed(string fault) => new(
        $"Line {Line}: expected well-formed CSV in rows of at most {format.MaxRowLength} bytes; {fault}.{hint}");
}
