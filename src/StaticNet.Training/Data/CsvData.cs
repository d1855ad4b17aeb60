using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>A data set from a CSV file, with the names that the file gives its classes and columns.</summary>
/// <remarks>
/// <para>Text is UTF-8. Fields may be quoted, spaces around them do not count, empty lines are left out. Numbers are
/// written as in C# whatever the culture (1.5, −2e-3), and are finite. Files may be compressed with gzip, recognised by
/// their first bytes (in a stream, if that can seek).</para>
/// <para>Any bytes give a result or a <see cref="DataFormatException"/>, which names line and column, what was expected and
/// what came.
/// Memory is a small multiple of the decompressed text.</para>
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
    /// <param name="options">How it is made up; null for commas, no header, the target last.</param>
    /// <returns>The samples with the names of their classes and columns.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The file is not valid or does not fit the options.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static CsvData Load(string path, CsvOptions? options = null)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, options);
    }

    /// <summary>Reads a stream from its position to its end and leaves it open.</summary>
    /// <param name="stream">UTF-8 text, perhaps compressed.</param>
    /// <param name="options">How it is made up; null for commas, no header, the target last.</param>
    /// <returns>The samples with the names of their classes and columns.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">The text is not valid or does not fit the options.</exception>
    public static CsvData Read(Stream stream, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        options.Check();
        var plain = GzipFile.Decompress(stream);
        using var toDispose = plain == stream ? null : plain;
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
        using var text = new StreamReader(plain, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            return Read(text, options);
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException($"Expected valid gzip data: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException("Expected text in UTF-8; there are bytes that are not.", e);
        }
    }

    private static CsvData Read(TextReader text, CsvOptions options)
    {
        for (var line = 0; line < options.SkipLines; line++)
        {
            if (text.ReadLine() is null)
                throw new DataFormatException($"Expected at least {options.SkipLines} lines to skip; the file has {line}.");
        }
        using var reader = CsvReader.Create(text, ReaderOptions(options), leaveOpen: true);
        var rows = new CsvRows(reader, options);
        try
        {
            while (reader.Read())
                rows.Add();
        }
        catch (CsvFormatException e)
        {
            throw new DataFormatException(
                $"Line {e.LineNumber + options.SkipLines}: expected well-formed CSV in rows of at most " +
                $"{options.MaxRowLength} bytes: {e.Message}", e);
        }
        return rows.ToData();
    }

    private static CsvReaderOptions ReaderOptions(CsvOptions options) => new()
    {
        Separator = options.Delimiter,
        // The header is a row like any other here: the reader's own look-up by name ignores case.
        HasHeader = false,
        DetectSeparatorHint = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FormatProvider = CultureInfo.InvariantCulture,
        MaxRecordSize = options.MaxRowLength,
    };
}
