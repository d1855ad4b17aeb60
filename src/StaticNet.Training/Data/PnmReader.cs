using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Reads PGM and PPM: "P5", width, height, largest number, one space, then the numbers of each pixel.</summary>
internal ref struct PnmReader(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private int _position = 2;

    public ImageData Read(int maxLength)
    {
        var isPlain = _file[1] is (byte)'2' or (byte)'3';
        var channels = _file[1] is (byte)'3' or (byte)'6' ? 3 : 1;
        var width = Number("the width");
        var height = Number("the height");
        var largest = Number("the largest number");
        var shape = ImageFile.RequireShape(channels, height, width, maxLength);
        if (largest is < 1 or > 65535)
            throw new DataFormatException($"Expected a largest number from 1 to 65535; it is {largest}.");

        var size = largest > 255 ? 2 : 1;
        if (!isPlain)
            EndHeader();
        var left = _file.Length - _position;
        // A plain number has one digit at least, and a space before it.
        var needed = isPlain ? 2L * shape.Length : (long)size * shape.Length;
        if (left < needed)
            throw new DataFormatException(
                $"Expected at least {needed} bytes for {shape.Length} numbers, but got {left} after the header.");
        var values = new float[shape.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var number = isPlain ? Number("a pixel") : Raw(size);
            if (number > largest)
                throw new DataFormatException($"Expected numbers up to {largest}; number {i} is {number}.");
            values[(i % channels * shape.Pixels) + (i / channels)] = number / (float)largest;
        }
        RequireEnd();
        return new ImageData(shape, values);
    }

    private int Raw(int size)
    {
        var number = size == 1 ? _file[_position] : (_file[_position] << 8) | _file[_position + 1];
        _position += size;
        return number;
    }

    /// <summary>A decimal number after at least one space or comment.</summary>
    private int Number(string what)
    {
        Space();
        SkipSpace();
        var (start, number) = (_position, 0);
        while (_position < _file.Length && char.IsAsciiDigit((char)_file[_position]))
        {
            number = (10 * number) + (_file[_position++] - '0');
            if (number > 1_000_000)
                throw new DataFormatException($"Expected {what} at byte {start} to be at most 1000000; it is more.");
        }
        return _position > start ? number : throw Unexpected($"{what}, a number,");
    }

    /// <summary>The one space before raw numbers, which may be the end of a comment's line; the byte after it is a number, whatever its value.
    /// </summary>
    private void EndHeader()
    {
        if (_position < _file.Length && _file[_position] == '#')
        {
            var line = _file[_position..].IndexOfAny((byte)'\n', (byte)'\r');
            if (line < 0)
                throw new DataFormatException($"Expected the end of the comment's line at byte {_position}, but got the end of the file.");
            _position += line + 1;
            return;
        }
        Space();
    }

    private void Space()
    {
        // A comment ends with the line, which is a space too.
        if (_position < _file.Length && _file[_position] == '#')
            SkipSpace();
        else if (_position < _file.Length && IsSpace(_file[_position]))
            _position++;
        else
            throw Unexpected("a space");
    }

    private void SkipSpace()
    {
        for (; _position < _file.Length; _position++)
        {
            if (_file[_position] == '#')
            {
                while (_position < _file.Length && _file[_position] is not ((byte)'\n' or (byte)'\r'))
                    _position++;
            }
            else if (!IsSpace(_file[_position]))
            {
                return;
            }
        }
    }

    private void RequireEnd()
    {
        foreach (var value in _file[_position..])
        {
            if (!IsSpace(value))
                throw Unexpected("the end of the file");
        }
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or 0x0B or 0x0C;

    private readonly DataFormatException Unexpected(string expected) => new(
        $"Expected {expected} at byte {_position}, but got " +
        $"{(_position < _file.Length ? $"0x{_file[_position]:X2}" : "the end of the file")}.");
}
