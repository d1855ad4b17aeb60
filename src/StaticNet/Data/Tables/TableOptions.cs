namespace StaticNet.Data;

/// <summary>How the text of a <see cref="Table"/> is made up.</summary>
public sealed record TableOptions
{
    /// <summary>What is between two fields: an ASCII character other than space, quote and line ends. A comma by default.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Lines to leave out before the header or the first row, whatever they hold.</summary>
    public int SkipLines { get; init; }

    /// <summary>The columns' names where the file has no header; null (the default) where its first row has them.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>About how many bytes a row or a line to skip may have, 1,024 or more; a guard against files that are not CSV at all. 16 MiB
    /// by default.</summary>
    public int MaxRowLength { get; init; } = 1 << 24;

    /// <summary>How many columns a row may have, 1 or more. 65,536 by default.</summary>
    public int MaxColumns { get; init; } = 1 << 16;

    /// <summary>The most bytes that a compressed file may become, 0 or more; null (the default) for 64 MiB, or 100 times its length where that
    /// is more.</summary>
    public long? MaxDecompressedLength { get; init; }

    /// <summary>What of the options divides text into fields.</summary>
    internal CsvFormat Format => new(
        Delimiter, SkipLines, MaxRowLength, MaxColumns, MaxDecompressedLength, $"Raise {nameof(MaxDecompressedLength)} if the file can be trusted.");
}
