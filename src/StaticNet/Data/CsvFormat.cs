namespace StaticNet.Data;

/// <summary>How CSV text is divided into fields, and what it may cost to find that out.</summary>
/// <param name="Delimiter">What is between two fields: an ASCII character other than space, quote and line ends.</param>
/// <param name="SkipLines">Lines before the first row, whatever they hold.</param>
/// <param name="MaxRowLength">The most characters of a row or a line to skip.</param>
/// <param name="MaxColumns">The most fields of a row.</param>
/// <param name="MaxDecompressedLength">The most bytes that a compressed file may become; null for the usual limit.</param>
/// <param name="DecompressionAdvice">What a message says of that limit where more would come.</param>
internal sealed record CsvFormat(
    char Delimiter, int SkipLines, int MaxRowLength, int MaxColumns, long? MaxDecompressedLength, string DecompressionAdvice)
{
    /// <summary>Refuses invalid formats.</summary>
    /// <exception cref="ArgumentException">A part of it is not allowed.</exception>
    public void Check()
    {
        if (!char.IsAscii(Delimiter) || Delimiter is '\0' or '"' or '\r' or '\n' or ' ')
            throw new ArgumentException($"Expected a delimiter of ASCII other than space, quote and line ends; it is U+{(int)Delimiter:X4}.");
        if (SkipLines < 0)
            throw new ArgumentException($"Expected 0 or more lines to skip, but got {SkipLines}.");
        if (MaxRowLength < 1024)
            throw new ArgumentException($"Expected a row length of at least 1024 bytes; the limit is {MaxRowLength}.");
        if (MaxColumns < 1 || MaxDecompressedLength < 0)
            throw new ArgumentException(
                $"Expected limits of 1 column or more and of 0 decompressed bytes or more, but got {MaxColumns} and {MaxDecompressedLength}.");
    }
}
