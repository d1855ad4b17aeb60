using System.Globalization;
using System.Text;

namespace StaticNet.Generator.Parsing;

/// <summary>
/// Reads names and shapes from a safetensors header. A parser of its own, because a generator cannot bring a library along; what it
/// passes over, the runtime checks when it loads the file.
/// </summary>
internal sealed class SafetensorsNames
{
    /// <summary>How deep values may be nested; the format needs three levels.</summary>
    private const int Deepest = 32;

    private readonly string _text;
    private int _place;

    private SafetensorsNames(string text) => _text = text;

    /// <summary>Reads a header.</summary>
    /// <exception cref="FormatException">It is no JSON object of tensors.</exception>
    public static IReadOnlyList<StoredTensor> Parse(string header) => new SafetensorsNames(header).Tensors();

    private List<StoredTensor> Tensors()
    {
        var tensors = new List<StoredTensor>();
        Object(name =>
        {
            if (name == "__metadata__")
                Skip(1);
            else
                tensors.Add(new StoredTensor(name, Shape(name).ToEquatableArray()));
        });
        Blanks();
        return _place == _text.Length ? tensors : throw Fault("the header's end");
    }

    private List<long> Shape(string name)
    {
        List<long>? shape = null;
        Object(field =>
        {
            if (field != "shape")
            {
                Skip(2);
                return;
            }

            shape = [];
            Expect('[');
            if (Take(']'))
                return;
            do
                shape.Add(Number());
            while (Take(','));
            Expect(']');
        });
        return shape ?? throw new FormatException($"tensor \"{name}\" has no shape in its header");
    }

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

    /// <summary>The next character; at the end one that stands in no header.</summary>
    private char Peek() => _place < _text.Length ? _text[_place] : '\0';

    private FormatException Fault(string expected) => new($"its header has not {expected} at character {_place.ToString(CultureInfo.InvariantCulture)}");
}
