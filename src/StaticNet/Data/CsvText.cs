using System.Text;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>The rows of CSV text, perhaps compressed; whatever is wrong with it is a <see cref="DataFormatException"/>.</summary>
internal sealed class CsvText : IDisposable
{
    private readonly CsvFormat _format;
    private readonly Stream _stream;
    private readonly Stream _plain;
    private readonly StreamReader _text;
    private readonly bool _ownsStream;

    /// <summary>Begins before the first row after the lines to skip.</summary>
    public CsvText(Stream stream, CsvFormat format, bool ownsStream)
    {
        _format = format;
        _stream = stream;
        _ownsStream = ownsStream;
        Name = stream is FileStream file ? Path.GetFileName(file.Name) : "CSV";
        if (stream.CanSeek)
        {
            Span<byte> start = stackalloc byte[FileKind.Length];
            var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Seek(-read, SeekOrigin.Current);
            Hint = FileKind.Hint(start[..read]);
        }
        _plain = GzipFile.Decompress(stream, format.MaxDecompressedLength, format.DecompressionAdvice);
        if (_plain != stream)
            Hint = "";
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
        _text = new StreamReader(_plain, encoding, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            for (var line = 0; line < format.SkipLines; line++)
            {
                if (!SkipLine(line + 1))
                    throw new DataFormatException($"Expected at least {format.SkipLines} lines to skip; the file has {line}.");
            }
            Reader = new CsvFields(_text, format, Hint);
        }
        catch (Exception e) when (Translate(e) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The reader, whose fields are those of the current row.</summary>
    public CsvFields Reader { get; }

    /// <summary>The file's name, or CSV if the text is not from a file.</summary>
    public string Name { get; }

    /// <summary>What the file seems to be instead of CSV: empty, or a sentence with a space before it.</summary>
    public string Hint { get; } = "";

    /// <summary>The line of the current row in the file, from 1.</summary>
    public long Line => Reader.Line;

    /// <summary>Opens a file.</summary>
    public static CsvText Open(string path, CsvFormat format)
    {
        // Opened as it is; the text decompresses it.
        var file = OpenFile(path);
        try
        {
            return new CsvText(file, format, ownsStream: true);
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
        _text.Dispose();
        if (_plain != _stream)
            _plain.Dispose();
        if (_ownsStream)
            _stream.Dispose();
    }

    /// <summary>Reads a file, so that faults in it are reported with its path.</summary>
    /// <exception cref="DataFormatException">The file is not valid; the message begins with its path.</exception>
    public static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DataFormatException e)
        {
            throw new DataFormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Opens a file as it is.</summary>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static Stream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(
                Directory.Exists(path) ? $"Expected a file; {path} is a folder." : $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <returns>False where the file has ended before the line.</returns>
    private bool SkipLine(int line)
    {
        for (var length = 0; ; length++)
        {
            var symbol = _text.Read();
            if (symbol < 0)
                return length > 0;
            if (symbol == '\r' && _text.Peek() == '\n')
                _text.Read();
            if (symbol is '\r' or '\n')
                return true;
            if (length == _format.MaxRowLength)
                throw new DataFormatException(
                    $"Line {line}: expected a line to skip of at most {_format.MaxRowLength} bytes (MaxRowLength); it is longer.{Hint}");
        }
    }

    /// <summary>The exception to report for one that bad bytes cause; null for any other.</summary>
    private DataFormatException? Translate(Exception exception) => exception switch
    {
        InvalidDataException => new DataFormatException(exception.Message, exception),
        DecoderFallbackException => new DataFormatException($"Expected text in UTF-8; there are bytes that are not.{Hint}", exception),
        _ => null,
    };
}
