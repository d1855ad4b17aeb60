using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Hands text on, and refuses a line of too many columns before anybody makes fields of it, which cost many times its bytes.</summary>
/// <param name="text">The text; it stays open.</param>
/// <param name="delimiter">What stands between two columns.</param>
/// <param name="maxColumns">The most columns of a line.</param>
internal sealed class CsvColumnLimit(TextReader text, char delimiter, int maxColumns) : TextReader
{
    private int _delimiters;

    public override int Read(Span<char> buffer)
    {
        var read = text.Read(buffer);
        Count(buffer[..read]);
        return read;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Peek() => text.Peek();

    public override int Read()
    {
        var symbol = text.Read();
        if (symbol >= 0)
            Count([(char)symbol]);
        return symbol;
    }

    private void Count(ReadOnlySpan<char> part)
    {
        while (true)
        {
            var end = part.IndexOfAny('\n', '\r');
            _delimiters += (end < 0 ? part : part[..end]).Count(delimiter);
            if (_delimiters >= maxColumns)
                throw new DataFormatException($"Expected rows of at most {maxColumns} columns (MaxColumns); one has more.");
            if (end < 0)
                return;
            _delimiters = 0;
            part = part[(end + 1)..];
        }
    }
}
