namespace StaticNet.Generator.Text;

/// <summary>
/// How many lines a network's code may take. The C# compiler takes some thousands a second, and an IDE waits for it; what would
/// take more is refused while it is written, before it has cost the time and the memory.
/// </summary>
internal sealed class CodeBudget
{
    /// <summary>The most lines of all files of a network.</summary>
    public const int MostLines = 100_000;

    /// <summary>A longer line counts as several.</summary>
    private const int CharactersOfLine = 200;

    private readonly Dictionary<string, int> _linesOf = new(StringComparer.Ordinal);
    private int _lines;

    /// <summary>The lines that are left.</summary>
    public int Left => MostLines - _lines;

    /// <summary>The layers with their lines, those with the most first; of the last one there may be more.</summary>
    public IEnumerable<KeyValuePair<string, int>> Layers => _linesOf.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>How many lines a line counts as.</summary>
    public static int LinesOf(int length) => 1 + (length / CharactersOfLine);

    /// <summary>The lines of a file.</summary>
    public static int LinesIn(string text)
    {
        var lines = 0;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
            lines++;
        return lines;
    }

    /// <summary>Takes what has been written for a layer.</summary>
    /// <exception cref="CodeTooLongException">It is more than is left.</exception>
    public void Take(string layer, int lines)
    {
        _linesOf[layer] = (_linesOf.TryGetValue(layer, out var before) ? before : 0) + lines;
        _lines += lines;
        if (_lines > MostLines)
            throw new CodeTooLongException();
    }
}
