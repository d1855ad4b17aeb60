using System.Diagnostics;
using StaticNet.Data;

namespace StaticNet.Search.Journal;

/// <summary>The trials of a search, in memory or also in a file that other processes share.</summary>
/// <remarks>
/// <para>The file only grows, by whole lines. Whoever reads or writes it holds it open for himself alone, for less than a millisecond
/// as a rule; the operating system releases it when a process ends, however it ends. So a process that is killed leaves at most an
/// incomplete last line, which the next writer cuts off. A result is flushed to the disk before the search goes on.</para>
/// <para>A file of lines, and no database: it needs no native library, a person can read it, and it holds a few hundred lines.</para>
/// <para>Each process also holds a file open as long as it runs. A trial whose process no longer holds its file was interrupted,
/// and the first to see that runs it again, with the same values.</para>
/// </remarks>
internal sealed class SearchJournal : IDisposable
{
    private const int WorkerLength = 12;
    private const string WorkerExtension = ".worker";

    /// <summary>What is read at once, and the longest line, in bytes.</summary>
    private const int LeastBuffer = 1 << 16, LongestLine = 1 << 28;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string? _path;
    private readonly JournalFormat _format;
    private readonly FileStream? _alive;
    private readonly List<TrialRecord> _trials = [];
    private long _read;

    /// <summary>Opens the journal, or begins it.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="format">How lines are written.</param>
    /// <exception cref="DataFormatException">The file is no journal of this search, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read and written.</exception>
    public SearchJournal(string? path, JournalFormat format)
    {
        (_path, _format) = (path is null ? null : Path.GetFullPath(path), format);
        Worker = Guid.NewGuid().ToString("N")[..WorkerLength];
        if (_path is null)
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_path, exception);
        }

        // The journal is one's own meanwhile, so nobody takes the new file for one that was left behind.
        using (Enter())
        {
            RemoveLeftFiles();
            _alive = Open(FileOf(Worker), FileMode.CreateNew, FileOptions.DeleteOnClose);
        }
    }

    /// <summary>The name of this process in the journal.</summary>
    public string Worker { get; }

    /// <summary>Whether a text can be the name of a process in a journal.</summary>
    public static bool IsWorker(string text) => text.Length == WorkerLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Takes the journal for oneself alone, and reads what is new. The caller has seen to it that no other thread of this process
    /// does so.</summary>
    /// <param name="cancellationToken">Ends waiting for another process.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the journal was free.</exception>
    /// <exception cref="DataFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read and written, or another process does not release it.</exception>
    public Session Enter(CancellationToken cancellationToken = default)
    {
        if (_path is null)
            return new Session(this, null);
        var stream = OpenWhenFree(_path, cancellationToken);
        try
        {
            Read(stream);
            return new Session(this, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose() => _alive?.Dispose();

    private static FileStream OpenWhenFree(string path, CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Open(path, FileMode.OpenOrCreate, FileOptions.None);
            }
            catch (IOException exception) when (IsSharingViolation(exception))
            {
                // Another process has it for a moment.
                if (Stopwatch.GetElapsedTime(start) >= Patience)
                    throw new IOException($"Expected the journal {path} to be free within {Patience.TotalSeconds} seconds; another process still has it: {exception.Message}", exception);
                Thread.Sleep(Random.Shared.Next(1, 5));
            }
        }
    }

    /// <summary>Opens a file for oneself alone. Where another process has it, the exception is the system's own.</summary>
    private static FileStream Open(string path, FileMode mode, FileOptions options)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || (exception is IOException other && !IsSharingViolation(other)))
        {
            throw NotWritable(path, exception);
        }
    }

    private static IOException NotWritable(string path, Exception exception) =>
        new($"Expected a file to write as the journal of a search; {path} cannot be written: {exception.Message}", exception);

    /// <summary>Whether a file could not be opened because another process has it. .NET has no type of exception for that.</summary>
    private static bool IsSharingViolation(IOException exception)
    {
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux, and of macOS.
        const int sharing = unchecked((int)0x80070020), locked = unchecked((int)0x80070021), linux = 11, mac = 35;
        return exception.HResult is sharing or locked or linux or mac;
    }

    private void Read(FileStream stream)
    {
        if (stream.Length < _read)
            throw new DataFormatException($"Expected the journal {_path} to grow only; it had {_read} bytes and now has {stream.Length}, so something else has written to it.");
        stream.Position = _read;
        var buffer = new byte[Math.Min(stream.Length - _read, LeastBuffer)];
        var filled = 0;
        while (stream.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false) is > 0 and var count)
        {
            filled += count;
            if (_read == 0 && !JournalFormat.MayBegin(buffer.AsSpan(0, filled)))
                throw JournalFormat.NoJournal(_path!);
            filled = ReadLines(buffer.AsSpan(0, filled));
            if (filled >= LongestLine)
                throw Damaged();
            if (filled == buffer.Length)
                Array.Resize(ref buffer, 2 * filled);
        }

        if (_read > 0)
            return;
        var header = _format.Header();
        // A first line that was cut off is the beginning of this one, or the file is something else.
        if (!header.AsSpan().StartsWith(buffer.AsSpan(0, filled)))
            throw JournalFormat.NoJournal(_path!);
        Append(stream, header, flush: false);
    }

    /// <summary>Takes over the whole lines among some bytes.</summary>
    /// <returns>The number of bytes after them, which are now the first ones.</returns>
    private int ReadLines(Span<byte> bytes)
    {
        var rest = bytes;
        for (int length; (length = rest.IndexOf((byte)'\n') + 1) > 0; rest = rest[length..])
        {
            var line = rest[..(length - 1)];
            if (_read == 0)
                _format.RequireHeader(line, _path!);
            else if (!_format.TryApply(line, _trials))
                throw Damaged();
            _read += length;
        }

        rest.CopyTo(bytes);
        return rest.Length;
    }

    private DataFormatException Damaged() =>
        new($"Expected lines of trials in the journal {_path}; the line at byte {_read} is none, so the file is damaged.");

    private void Append(FileStream stream, byte[] line, bool flush)
    {
        // What follows the last whole line is what a process that was killed had begun to write.
        stream.SetLength(_read);
        stream.Position = _read;
        stream.Write(line);
        stream.Flush(flush);
        _read += line.Length;
    }

    /// <summary>Removes the files of processes that were killed, which could not do it themselves.</summary>
    private void RemoveLeftFiles()
    {
        var prefix = $"{Path.GetFileName(_path)}.";
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!, $"*{WorkerExtension}"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name.StartsWith(prefix, StringComparison.Ordinal) && IsWorker(name[prefix.Length..]))
                IsGone(file);
        }
    }

    /// <summary>Whether the process that holds a file has ended; the file is removed then.</summary>
    private static bool IsGone(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string FileOf(string worker) => $"{_path}.{worker}{WorkerExtension}";

    /// <summary>The time in which the journal is one's own.</summary>
    internal readonly struct Session(SearchJournal journal, FileStream? stream) : IDisposable
    {
        /// <summary>The trials by their numbers.</summary>
        public IReadOnlyList<TrialRecord> Trials => journal._trials;

        /// <summary>The first trial that a process left behind when it ended; null for none.</summary>
        public TrialRecord? FindAbandoned()
        {
            foreach (var trial in journal._trials)
            {
                if (!trial.HasEnded && trial.Worker != journal.Worker && IsGone(journal.FileOf(trial.Worker)))
                    return trial;
            }

            return null;
        }

        /// <summary>Begins the next trial, or begins one again.</summary>
        public void Begin(TrialRecord trial)
        {
            if (stream is not null)
                journal.Append(stream, journal._format.Begin(trial), flush: false);
            if (trial.Number == journal._trials.Count)
                journal._trials.Add(trial);
            else
                journal._trials[trial.Number] = trial;
        }

        /// <summary>Keeps the result of a trial.</summary>
        public void End(TrialRecord trial)
        {
            if (stream is not null)
                journal.Append(stream, JournalFormat.End(trial), flush: true);
            journal._trials[trial.Number] = trial;
        }

        public void Dispose() => stream?.Dispose();
    }
}
