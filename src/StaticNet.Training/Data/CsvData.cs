using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>A data set from a CSV file, with the names of its classes and columns in the file.</summary>
/// <remarks>
/// <para>Text is UTF-8. Fields may be quoted, spaces around them do not count, and empty lines are skipped. Numbers are written
/// as in C# whatever the culture (1.5, −2e-3), and must be finite; they are read as doubles, shifted and scaled if
/// <see cref="CsvColumn"/> says so, and only then rounded to floats. Files may be compressed with gzip, which is recognised by
/// their first bytes (in a stream, if it can seek).</para>
/// <para>Any bytes lead to a result or a <see cref="DataFormatException"/>, which names line and column, what was expected and
/// what was found. Memory is a small multiple of the decompressed text, whose length is limited.</para>
/// </remarks>
public sealed class CsvData
{
    internal CsvData(
        DataSet data,
        ImmutableArray<string> classNames,
        ImmutableArray<string> inputNames,
        ImmutableArray<string> targetNames)
    {
        Data = data;
        ClassNames = classNames;
        InputNames = inputNames;
        TargetNames = targetNames;
    }

    /// <summary>The samples.</summary>
    public DataSet Data { get; }

    /// <summary>The names of the classes in the order of their indices; empty for numeric targets.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The header's names of the input columns; empty without a header.</summary>
    public ImmutableArray<string> InputNames { get; }

    /// <summary>The header's names of the target columns; empty without a header.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; .gz is recognised.</param>
    /// <param name="options">Its format; null for commas, no header, and the target last.</param>
    /// <returns>The samples with the names of their classes and columns.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The file is not valid or does not fit the options.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static CsvData Load(string path, CsvOptions? options = null)
    {
        using var stream = CsvText.OpenFile(path);
        return CsvText.Named(path, () => Read(stream, options));
    }

    /// <summary>Reads a stream from its position to its end and leaves it open.</summary>
    /// <param name="stream">UTF-8 text, possibly compressed.</param>
    /// <param name="options">Its format; null for commas, no header, and the target last.</param>
    /// <returns>The samples with the names of their classes and columns.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The text is not valid or does not fit the options.</exception>
    public static CsvData Read(Stream stream, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new CsvOptions();
        options.Check();
        using var text = new CsvText(stream, options.Format, ownsStream: false);
        return new CsvRows(text, options).Read();
    }
}
