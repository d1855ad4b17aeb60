using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What the compiler makes of every <c>$"…"</c> in this assembly. netstandard2.0 has no such type, and string.Format, which would
/// stand in for it, writes numbers as the machine's culture does: with another minus sign, that is no C#. This one writes them in the
/// invariant culture, so that no interpolation anywhere can bring a culture into generated code or into a message.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
{
    private const int GuessedLength = 8;

    private readonly StringBuilder _text = new(literalLength + (formattedCount * GuessedLength));

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(value);

    public void AppendFormatted<T>(T value, string? format = null) =>
        _text.Append(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString());

    public string ToStringAndClear() => _text.ToString();
}
