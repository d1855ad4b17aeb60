using System.Globalization;
using System.Text;
using CsvHelper;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The rows of CSV text, perhaps compressed; whatever is wrong with it is a <see cref="DataFormatException"/>.</summary>
internal sealed class CsvText : IDisposable
{
    private readonly CsvOptions _options;
    private readonly Stream _stream;
    private readonly Stream _plain;
    private readonly StreamReader _text;
    private readonly bool _ownsStream;

    /// <summary>Begins before the first row behind the lines to skip.</summary>
    public CsvText(Stream stream, CsvOptions options, bool ownsStream)
    {
        _options = options;
        _stream = stream;
        _ownsStream = ownsStream;
        _plain = GzipFile.Decompress(stream);
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
        _text = new StreamReader(_plain, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            for (var line = 0; line < options.SkipLines; line++)
            {
                if (_text.ReadLine() is null)
                    throw new DataFormatException($"Expected at least {options.SkipLines} lines to skip; the file has {line}.");
            }
            Reader = CsvReader.Create(_text, ReaderOptions(options), leaveOpen: true);
        }
        catch (Exception e) when (Translate(e) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The reader, whose fields are those of the current row.</summary>
    public CsvReader Reader { get; }

    /// <summary>The line of the current row in the file, from 1.</summary>
    public long Line => Reader.LineNumber + _options.SkipLines;

    /// <summary>Opens a file.</summary>
    public static CsvText Open(string path, CsvOptions options)
    {
        var file = File.OpenRead(path);
        try
        {
            return new CsvText(file, options, ownsStream: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        try
        {
            return Reader.Read();
        }
        catch (Exception e) when (Translate(e) is { } translated)
        {
            throw translated;
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        _text.Dispose();
        if (_plain != _stream)
            _plain.Dispose();
        if (_ownsStream)
            _stream.Dispose();
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

    /// <summary>What an exception that bad bytes cause is told as; null for any other.</summary>
    private DataFormatException? Translate(Exception exception) => exception switch
    {
        CsvFormatException e => new DataFormatException(
            $"Line {e.LineNumber + _options.SkipLines}: expected well-formed CSV in rows of at most " +
            $"{_options.MaxRowLength} bytes: {e.Message}", e),
        InvalidDataException => new DataFormatException($"Expected valid gzip data: {exception.Message}", exception),
        DecoderFallbackException => new DataFormatException("Expected text in UTF-8; there are bytes that are not.", exception),
        _ => null,
    };
}
