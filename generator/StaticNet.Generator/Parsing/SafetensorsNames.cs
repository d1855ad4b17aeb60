using System.Globalization;
using System.Text;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>
/// Reads names and shapes from a safetensors header, and checks that the data after it is as it says. A parser of its own, because a
/// generator cannot bring a library along; the numbers themselves are checked when the file is loaded.
/// </summary>
internal sealed class SafetensorsNames
{
    /// <summary>What the metadata call the schema of tables.</summary>
    private const string SchemaName = "staticnet.schema";

    /// <summary>How deep values may be nested; the format needs three levels.</summary>
    private const int Deepest = 32;

    private const string Types = "F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8 or BOOL";

    private readonly string _text;
    private int _place;
    private string? _schema;

    private SafetensorsNames(string text) => _text = text;

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="dataLength">The bytes after it, which the tensors have to fill without a gap.</param>
    /// <returns>The tensors, and the schema of tables that the metadata hold, as JSON.</returns>
    /// <exception cref="FormatException">It is no JSON object of tensors, or they do not fill the data.</exception>
    public static (IReadOnlyList<StoredTensor> Tensors, string? Schema) Parse(string header, long dataLength)
    {
        var names = new SafetensorsNames(header);
        return (names.Tensors(dataLength), names._schema);
    }

    private List<StoredTensor> Tensors(long dataLength)
    {
        var tensors = new List<StoredTensor>();
        Object(name =>
        {
            if (name == "__metadata__")
                Metadata();
            else
                tensors.Add(Tensor(name));
        });
        Blanks();
        if (_place != _text.Length)
            throw Fault("the header's end");
        if (tensors.GroupBy(tensor => tensor.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } same)
            throw new FormatException($"its header has two tensors \"{same.Key}\"");
        var end = 0L;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != end)
                throw new FormatException($"the data of tensor \"{tensor.Name}\" begins at {Invariant(tensor.Begin)}, where the data before it ends at {Invariant(end)}");
            end = tensor.End;
        }

        return end == dataLength
            ? tensors
            : throw new FormatException($"its header describes {Invariant(end)} bytes of data, but {Invariant(dataLength)} follow: it is {(dataLength < end ? "truncated" : "too long")}");
    }

    private void Metadata()
    {
        Blanks();
        if (Peek() != '{')
        {
            Skip(1);
            return;
        }

        Object(name =>
        {
            Blanks();
            if (name == SchemaName && Peek() == '"')
                _schema = Text();
            else
                Skip(2);
        });
    }

    private StoredTensor Tensor(string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Object(field =>
        {
            switch (field)
            {
                case "dtype":
                    type = Text();
                    break;
                case "shape":
                    shape = Numbers();
                    break;
                case "data_offsets":
                    offsets = Numbers();
                    break;
                default:
                    Skip(2);
                    break;
            }
        });
        if (shape is null || type is null || offsets is not { Count: 2 })
            throw new FormatException($"tensor \"{name}\" has no {(shape is null ? "shape" : type is null ? "dtype" : "two data_offsets")} in its header");
        if (Width(type) is not { } width)
            throw new FormatException($"tensor \"{name}\" has the dtype {type}: expected {Types}");
        if (offsets[1] < offsets[0] || Bytes(shape, width) != offsets[1] - offsets[0])
            throw new FormatException($"tensor \"{name}\", {type} [{string.Join(", ", shape.Select(Invariant))}], has data_offsets of {Invariant(offsets[0])} to {Invariant(offsets[1])}");
        return new StoredTensor(name, type, shape.ToEquatableArray(), offsets[0], offsets[1]);
    }

    private List<long> Numbers()
    {
        var numbers = new List<long>();
        Expect('[');
        if (Take(']'))
            return numbers;
        do
            numbers.Add(Number());
        while (Take(','));
        Expect(']');
        return numbers;
    }

    /// <summary>The length of a tensor's data; null where no number holds it.</summary>
    private static long? Bytes(List<long> shape, int width)
    {
        if (shape.Contains(0))
            return 0;
        long bytes = width;
        foreach (var size in shape)
        {
            if (bytes > long.MaxValue / size)
                return null;
            bytes *= size;
        }

        return bytes;
    }

    private static int? Width(string type) => type switch
    {
        "F64" or "I64" or "U64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "I8" or "U8" or "BOOL" => 1,
        _ => null,
    };

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads an object; the value of each name is read by what is given.</summary>
    private void Object(Action<string> value)
    {
        Expect('{');
        if (Take('}'))
            return;
        do
        {
            var name = Text();
            Expect(':');
            value(name);
        }
        while (Take(','));
        Expect('}');
    }

    private void Skip(int depth)
    {
        if (depth > Deepest)
            throw Fault("fewer levels");
        Blanks();
        switch (Peek())
        {
            case '{':
                Object(_ => Skip(depth + 1));
                break;
            case '[':
                Expect('[');
                if (Take(']'))
                    break;
                do
                    Skip(depth + 1);
                while (Take(','));
                Expect(']');
                break;
            case '"':
                Text();
                break;
            default:
                var start = _place;
                while (_place < _text.Length && (char.IsLetterOrDigit(_text[_place]) || _text[_place] is '+' or '-' or '.'))
                    _place++;
                if (_place == start)
                    throw Fault("a value");
                break;
        }
    }

    private long Number()
    {
        Blanks();
        var start = _place;
        while (Peek() is >= '0' and <= '9')
            _place++;
        return long.TryParse(_text.Substring(start, _place - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Fault("a size");
    }

    private string Text()
    {
        Expect('"');
        var text = new StringBuilder();
        while (Peek() != '"')
        {
            var next = Next();
            text.Append(next == '\\' ? Escaped() : next);
        }

        _place++;
        return text.ToString();
    }

    private char Escaped()
    {
        var next = Next();
        if (next != 'u')
            return next switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', '"' or '\\' or '/' => next, _ => throw Fault("an escape") };
        if (_place + 4 > _text.Length || !ushort.TryParse(_text.Substring(_place, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Fault("four digits");
        _place += 4;
        return (char)code;
    }

    private bool Take(char wanted)
    {
        Blanks();
        if (Peek() != wanted)
            return false;
        _place++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
            throw Fault($"'{wanted}'");
    }

    private void Blanks()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r')
            _place++;
    }

    private char Next() => _place < _text.Length ? _text[_place++] : throw Fault("more");

    /// <summary>The next character; at the end one that occurs in no header.</summary>
    private char Peek() => _place < _text.Length ? _text[_place] : '\0';

    private FormatException Fault(string expected) => new($"its header does not have {expected} at character {_place.ToString(CultureInfo.InvariantCulture)}");
}
