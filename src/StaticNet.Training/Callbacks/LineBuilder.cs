using System.Globalization;

namespace StaticNet.Training;

/// <summary>A line of text in room that is there already, so that nothing is allocated. What does not fit is left out.</summary>
internal ref struct LineBuilder(Span<char> room)
{
    private readonly Span<char> _room = room;
    private int _length;

    /// <summary>The text so far.</summary>
    public readonly ReadOnlySpan<char> Text => _room[.._length];

    public void Append(scoped ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, _room.Length - _length)];
        text.CopyTo(_room[_length..]);
        _length += text.Length;
    }

    public void Append(char character, int times)
    {
        times = Math.Min(times, _room.Length - _length);
        _room.Slice(_length, times).Fill(character);
        _length += times;
    }

    /// <summary>Adds a number, with spaces in front up to a width.</summary>
    public void Append<T>(T number, ReadOnlySpan<char> format = default, int width = 0)
        where T : ISpanFormattable
    {
        Span<char> text = stackalloc char[64];
        if (!number.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
            return;
        Append(' ', Math.Max(0, width - length));
        Append(text[..length]);
    }
}
