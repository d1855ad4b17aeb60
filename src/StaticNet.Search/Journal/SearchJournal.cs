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
        Worker = Guid.NewGuid().ToString("N")[..12];
        if (_path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using (Enter())
        {
            // Only to see that the file is one of this search.
        }

        _alive = new FileStream(FileOf(Worker), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
    }

    /// <summary>The name of this process in the journal.</summary>
    public string Worker { get; }

    /// <summary>Whether other processes may share the journal.</summary>
    public bool IsShared => _path is not null;

    /// <summary>Takes the journal for oneself alone, and reads what is new. The caller has seen to it that no other thread of this process
    /// does so.</summary>
    public Session Enter()
    {
        if (_path is null)
            return new Session(this, null);
        var stream = Open();
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

    private FileStream Open()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path!, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new IOException($"Expected a file to write as the journal of a search; {_path} cannot be written: {exception.Message}", exception);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                // Another process has it for a moment.
                Thread.Sleep(Random.Shared.Next(1, 5));
            }
        }
    }

    private void Read(FileStream stream)
    {
        stream.Position = _read;
        var bytes = new byte[stream.Length - _read];
        stream.ReadExactly(bytes);
        var rest = bytes.AsSpan();
        for (int length; (length = rest.IndexOf((byte)'\n') + 1) > 0; rest = rest[length..])
        {
            var line = rest[..(length - 1)];
            if (_read == 0)
                _format.RequireHeader(line, _path!);
            else if (!_format.TryApply(line, _trials))
                throw new DataFormatException($"Expected lines of trials in the journal {_path}; the line at byte {_read} is none, so the file is damaged.");
            _read += length;
        }

        if (_read > 0)
            return;
        var header = _format.Header();
        // A first line that was cut off is the beginning of this one, or the file is something else.
        if (!header.AsSpan().StartsWith(rest))
            throw new DataFormatException($"Expected no file, or the journal of a search, in {_path}; its first line is not that of a journal.");
        Append(stream, header, flush: false);
    }

    private void Append(FileStream stream, byte[] line, bool flush)
    {
        // What follows the last whole line is what a process that was killed had begun to write.
        stream.SetLength(_read);
        stream.Position = _read;
        stream.Write(line);
        stream.Flush(flush);
        _read += line.Length;
    }

    /// <summary>Whether the process that runs a trial has ended.</summary>
    private bool IsGone(string worker)
    {
        var file = FileOf(worker);
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string FileOf(string worker) => $"{_path}.{worker}.worker";

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
                if (!trial.HasEnded && trial.Worker != journal.Worker && journal.IsGone(trial.Worker))
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
