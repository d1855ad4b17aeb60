using System.Globalization;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>The header of a .npy file: a Python dict literal such as {'descr': '&lt;f4', 'fortran_order': False, 'shape': (2,
/// 3), }.</summary>
internal readonly record struct NpyHeader(string Description, bool FortranOrder, int[] Shape)
{
    /// <summary>The highest rank, which is NumPy's own limit.</summary>
    public const int MaxRank = 64;

    /// <summary>The element type and byte order that <see cref="Description"/> names.</summary>
    /// <exception cref="DataFormatException">It names none that is supported.</exception>
    public (ElementType Type, bool BigEndian) Element()
    {
        var text = Description;
        if (text.Length < 2 || "<>|".IndexOf(text[0], StringComparison.Ordinal) < 0 || TypeOf(text[1..]) is not { } type
            || (text[0] == '|' && ElementConverter.SizeOf(type) > 1))
        {
            throw new DataFormatException(
                $"Expected a descr of '<' or '>' with f8, f4, f2, i8, i4, i2, i1, u8, u4, u2, u1 or b1; " +
                $"it is '{Shorten(text)}'.");
        }
        return (type, text[0] == '>');
    }

    /// <summary>Parses the dict literal; only spaces and line ends may follow it.</summary>
    public static NpyHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var literal = new Literal(bytes);
        string? description = null;
        bool? fortranOrder = null;
        int[]? shape = null;
        literal.Expect('{');
        while (!literal.TryTake('}'))
        {
            var key = literal.Text();
            literal.Expect(':');
            switch (key)
            {
                case "descr" when description == null: description = literal.Text(); break;
                case "fortran_order" when fortranOrder == null: fortranOrder = literal.Boolean(); break;
                case "shape" when shape == null: shape = literal.Tuple(); break;
                default:
                    throw new DataFormatException(
                        $"Expected the keys descr, fortran_order and shape once each, but got '{Shorten(key)}'.");
            }
            if (!literal.TryTake(','))
            {
                literal.Expect('}');
                break;
            }
        }
        literal.ExpectEnd();
        return description != null && fortranOrder is { } order && shape != null
            ? new NpyHeader(description, order, shape)
            : throw new DataFormatException("Expected the keys descr, fortran_order and shape, but some are missing.");
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private static ElementType? TypeOf(string code) => code switch
    {
        "f8" => ElementType.Float64,
        "f4" => ElementType.Float32,
        "f2" => ElementType.Float16,
        "i8" => ElementType.Int64,
        "i4" => ElementType.Int32,
        "i2" => ElementType.Int16,
        "i1" => ElementType.Int8,
        "u8" => ElementType.UInt64,
        "u4" => ElementType.UInt32,
        "u2" => ElementType.UInt16,
        "u1" => ElementType.UInt8,
        "b1" => ElementType.Bool,
        _ => null,
    };

    /// <summary>A cursor over the few Python literals that a header is made of.</summary>
    private ref struct Literal(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _position;

        public bool TryTake(char symbol)
        {
            SkipSpace();
            if (_position == _bytes.Length || _bytes[_position] != symbol)
                return false;
            _position++;
            return true;
        }

        public void Expect(char symbol)
        {
            if (!TryTake(symbol))
                throw Unexpected($"'{symbol}'");
        }

        public void ExpectEnd()
        {
            SkipSpace();
            if (_position < _bytes.Length)
                throw Unexpected("the end of the header");
        }

        public string Text()
        {
            var quote = TryTake('\'') ? (byte)'\'' : TryTake('"') ? (byte)'"' : throw Unexpected("a quoted text");
            var start = _position;
            while (_position < _bytes.Length && _bytes[_position] != quote)
            {
                if (_bytes[_position] is < 0x20 or > 0x7E or (byte)'\\')
                    throw Unexpected("plain ASCII in a quoted text");
                _position++;
            }
            if (_position == _bytes.Length)
                throw Unexpected("the end of a quoted text");
            return System.Text.Encoding.ASCII.GetString(_bytes[start.._position++]);
        }

        public bool Boolean()
        {
            if (TryTakeWord("True"u8))
                return true;
            return TryTakeWord("False"u8) ? false : throw Unexpected("True or False");
        }

        public int[] Tuple()
        {
            var sizes = new List<int>();
            Expect('(');
            while (!TryTake(')'))
            {
                if (sizes.Count == MaxRank)
                    throw new DataFormatException($"Expected a shape of at most {MaxRank} sizes, but got more.");
                sizes.Add(Size());
                if (TryTake(','))
                    continue;
                // (3) is a number in Python, and only (3,) a tuple.
                if (sizes.Count == 1)
                    throw Unexpected("',' after the only size of a shape");
                Expect(')');
                break;
            }
            return [.. sizes];
        }

        private int Size()
        {
            SkipSpace();
            var start = _position;
            while (_position < _bytes.Length && char.IsAsciiDigit((char)_bytes[_position]))
                _position++;
            if (!int.TryParse(_bytes[start.._position], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                _position = start;
                throw Unexpected($"a size from 0 to {int.MaxValue}");
            }
            // Python 2 wrote long integers with a suffix.
            TryTakeWord("L"u8);
            return size;
        }

        private bool TryTakeWord(ReadOnlySpan<byte> word)
        {
            SkipSpace();
            if (!_bytes[_position..].StartsWith(word))
                return false;
            _position += word.Length;
            return true;
        }

        private void SkipSpace()
        {
            while (_position < _bytes.Length && _bytes[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                _position++;
        }

        private readonly DataFormatException Unexpected(string expected) =>
            new(
    $"Expected {expected} at byte {_position} of the .npy header, but got " +
    $"{(_position < _bytes.Length ? $"0x{_bytes[_position]:X2}" : "its end")}.");
    }
}
