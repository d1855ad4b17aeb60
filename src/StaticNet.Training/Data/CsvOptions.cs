using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The format of a CSV file, and which of its columns become inputs and targets.</summary>
public sealed record CsvOptions
{
    /// <summary>The separator of fields: an ASCII character other than space, quote and line ends. A comma by default.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The number of lines to skip before the header or the first row, whatever they contain.</summary>
    public int SkipLines { get; init; }

    /// <summary>Whether the first row has the columns' names.</summary>
    public bool HasHeader { get; init; }

    /// <summary>The inputs in their order; null means every column that is not a target.</summary>
    public IReadOnlyList<CsvColumn>? Inputs { get; init; }

    /// <summary>The targets in their order; the last column by default. With none, the data set has no targets.</summary>
    public IReadOnlyList<CsvColumn> Targets { get; init; } = [^1];

    /// <summary>
    /// Whether the single target column contains names of classes, which become class indices. Without <see cref="ClassNames"/>,
    /// the classes are those that occur, in ordinal order of their names.
    /// </summary>
    public bool TextLabels { get; init; }

    /// <summary>The names of the classes in the order of their indices, which implies <see cref="TextLabels"/>; any other name
    /// is an error.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>About how many bytes a row or a line to skip may have, 1,024 or more; a guard against files that are not CSV at
    /// all. 16 MiB by default.</summary>
    public int MaxRowLength { get; init; } = 1 << 24;

    /// <summary>How many columns a row may have, 1 or more. 262,144 by default.</summary>
    public int MaxColumns { get; init; } = 1 << 18;

    /// <summary>How many classes may be found in a file, 1 or more; a guard against a column of names or row numbers as the
    /// target. 65,536 by default.</summary>
    public int MaxClasses { get; init; } = 1 << 16;

    /// <summary>The largest decompressed length of a compressed file in bytes, 0 or more; null (the default) for 64 MiB, or 100
    /// times its length if that is more.</summary>
    public long? MaxDecompressedLength { get; init; }

    /// <summary>
    /// Where warnings are written, about columns whose numbers differ by less than float32 can distinguish. Default: the standard
    /// error stream; <see cref="TextWriter.Null"/> for none.
    /// </summary>
    public TextWriter Warnings { get; init; } = Console.Error;

    /// <summary>What a message says of <see cref="MaxDecompressedLength"/> where more would come.</summary>
    internal string DecompressionAdvice { get; init; } = $"Raise {nameof(MaxDecompressedLength)} if the file can be trusted.";

    /// <summary>What of the options divides text into fields.</summary>
    internal CsvFormat Format => new(Delimiter, SkipLines, MaxRowLength, MaxColumns, MaxDecompressedLength, DecompressionAdvice);

    internal void Check()
    {
        Format.Check();
        if (MaxClasses < 1)
            throw new ArgumentException($"Expected a limit of 1 class or more, but got {MaxClasses}.");
        if (Warnings is null)
            throw new ArgumentException($"Expected a writer of {nameof(Warnings)}, TextWriter.Null for none, but got null.");
        if (Targets is null)
            throw new ArgumentException("Expected target columns, perhaps an empty list, but got null.");
        foreach (var column in (Inputs ?? []).Concat(Targets))
        {
            if (!double.IsFinite(column.Offset) || !double.IsFinite(column.Scale) || column.Scale == 0)
                throw new ArgumentException(
                    $"Expected a finite offset and a finite scale other than 0 for the column {column.Describe()}, but got {column.Offset} and {column.Scale}.");
        }
        if ((TextLabels || ClassNames is not null) && Targets.Count != 1)
            throw new ArgumentException($"Expected one target column for names of classes; there are {Targets.Count}.");
        if (ClassNames is not null && ClassNames.Distinct(StringComparer.Ordinal).Count() != ClassNames.Count)
            throw new ArgumentException("Expected different names for the classes; one comes twice.");
    }
}
