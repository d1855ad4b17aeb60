using System.Buffers.Text;
using System.Globalization;
using System.Text;
using StaticNet.Data;
using StaticNet.Training.Checkpoints;

namespace StaticNet.Training;

/// <summary>A CSV file that grows by whole lines, and can be cut back.</summary>
internal sealed class CsvLogFile : IDisposable
{
    /// <summary>The most characters of a number, and the comma.</summary>
    private const int CellLength = 33;

    /// <summary>No line that this class has written is longer; one that is has been damaged.</summary>
    private readonly int _mostOfLine;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly FileStream _stream;
    private readonly string[] _figures;
    private readonly byte[] _header;
    private readonly byte[] _line;
    private int _length;

    private CsvLogFile(string path, IReadOnlyList<string> figures)
    {
        _path = path;
        _figures = [.. figures];
        _header = Encoding.UTF8.GetBytes($"epoch,step,{string.Join(',', figures.Select(Quoted))},learning_rate,seconds\n");
        _mostOfLine = (figures.Count + 4) * CellLength;
        _line = new byte[_mostOfLine];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // A separate lock: readers of the log need not be locked out.
        _lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        try
        {
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The last epoch with a line; 0 before the first.</summary>
    public int LastEpoch { get; private set; }

    /// <summary>The number of steps of the last line; 0 before the first.</summary>
    public long LastStep { get; private set; }

    /// <summary>Opens the file, or makes an empty one. What is in it stays as it is.</summary>
    /// <exception cref="DataFormatException">The existing file is not a log with these columns.</exception>
    /// <exception cref="IOException">The file cannot be written, or another run has it.</exception>
    public static CsvLogFile Open(string path, IReadOnlyList<string> figures)
    {
        var file = CheckpointFolder.Guarded(path, () => new CsvLogFile(path, figures));
        try
        {
            file.RequireHeader();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Removes the lines beyond the beginning of a run, and any incomplete line, and moves to the end.</summary>
    /// <param name="epochs">The epochs that are finished.</param>
    /// <param name="step">The steps that are done.</param>
    public void CutAfter(int epochs, long step)
    {
        (LastEpoch, LastStep) = (0, 0);
        var end = ReadLines(epochs, step);
        if (end <= _header.Length && _stream.Length > _header.Length)
            Keep();
        if (end == 0)
        {
            _stream.SetLength(0);
            _stream.Position = 0;
            _stream.Write(_header);
            return;
        }

        _stream.SetLength(end);
        _stream.Position = end;
    }

    /// <summary>Adds the line of an epoch.</summary>
    public void Add(EpochResult result)
    {
        Begin(result.Epoch, result.Step);
        foreach (var name in _figures)
            Add(result.TryGet(name, out var figure) ? figure.Value : double.NaN, isThere: result.TryGet(name, out _));
        End(result.LearningRate, result.Seconds);
        LastEpoch = result.Epoch;
    }

    /// <summary>Adds a line within an epoch. Nothing is allocated.</summary>
    public void Add(double epoch, long step, double loss, StepResult? measured, float learningRate, double seconds)
    {
        Begin(epoch, step);
        Add(loss, isThere: true);
        // The metrics of the validation samples are the last columns, after their loss.
        var metrics = measured?.ValidationMetrics ?? [];
        var first = measured is null ? _figures.Length : _figures.Length - metrics.Length - 1;
        for (var index = 1; index < _figures.Length; index++)
            Add(index < first ? double.NaN : index == first ? measured!.ValidationLoss : metrics[index - first - 1].Value, isThere: index >= first);
        End(learningRate, seconds);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _lock.Dispose();
    }

    /// <summary>Leaves what is there in a file beside this one.</summary>
    private void Keep()
    {
        using var old = File.Create(_path + ".old");
        _stream.Position = 0;
        _stream.CopyTo(old);
    }

    private void RequireHeader()
    {
        var length = (int)Math.Min(_header.Length, _stream.Length);
        var begin = new byte[length];
        _stream.Position = 0;
        _stream.ReadExactly(begin);
        // A file that was cut within its first line has nothing to lose.
        if (!begin.AsSpan().SequenceEqual(_header.AsSpan(0, length)))
        {
            throw new DataFormatException(
                $"Expected no file, or a log that begins with the line '{Encoding.UTF8.GetString(_header).TrimEnd()}', in {_path}; another one is " +
                "there. Give the log another file, or move it away.");
        }
    }

    /// <summary>Reads the lines that stay.</summary>
    /// <returns>Where the last one ends; 0 if not even the names are there.</returns>
    private long ReadLines(int epochs, long step)
    {
        if (_stream.Length < _header.Length)
            return 0;
        var end = (long)_header.Length;
        var buffer = new byte[Math.Max(1 << 16, 2 * _mostOfLine)];
        var held = 0;
        _stream.Position = end;
        while (_stream.Read(buffer.AsSpan(held)) is > 0 and var read)
        {
            held += read;
            var rest = buffer.AsSpan(0, held);
            for (int length; (length = rest.IndexOf((byte)'\n') + 1) > 0; rest = rest[length..])
            {
                if (!TryRead(rest[..(length - 1)], out var place) || !Stays(place, epochs, step))
                    return end;
                end += length;
                LastStep = place.Step;
                if (place.Epoch == Math.Floor(place.Epoch))
                    LastEpoch = (int)place.Epoch;
            }

            if (rest.Length > _mostOfLine)
                return end;
            rest.CopyTo(buffer);
            held = rest.Length;
        }

        return end;
    }

    /// <summary>Whether a line is one of before where the run begins. The end of an epoch is more than its last step.</summary>
    private static bool Stays((double Epoch, long Step) place, int epochs, long step) =>
        place.Epoch == Math.Floor(place.Epoch) ? place.Epoch <= epochs : place.Epoch < epochs + 1.0 && place.Step <= step;

    private bool TryRead(ReadOnlySpan<byte> line, out (double Epoch, long Step) place)
    {
        place = default;
        if (line.Length > _mostOfLine || line.Count((byte)',') != _figures.Length + 3)
            return false;
        for (var column = 0; ; column++)
        {
            var end = line.IndexOf((byte)',');
            var cell = end < 0 ? line : line[..end];
            var isNumber = double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            if (column == 0)
                place.Epoch = number;
            else if (column == 1)
                isNumber = Utf8Parser.TryParse(cell, out place.Step, out var read) && read == cell.Length;
            // Only figures may be missing.
            if (!isNumber && (column < 2 || cell.Length > 0))
                return false;
            if (end < 0)
                return place.Epoch is > 0 and <= int.MaxValue && place.Step >= 0;
            line = line[(end + 1)..];
        }
    }

    private void Begin(double epoch, long step)
    {
        _length = 0;
        Add(epoch, isThere: true);
        if (step.TryFormat(_line.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture))
            _length += written;
        _line[_length++] = (byte)',';
        LastStep = step;
    }

    private void Add(double number, bool isThere)
    {
        if (isThere && number.TryFormat(_line.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture))
            _length += written;
        _line[_length++] = (byte)',';
    }

    private void End(float learningRate, double seconds)
    {
        if (learningRate.TryFormat(_line.AsSpan(_length), out var written, default, CultureInfo.InvariantCulture))
            _length += written;
        _line[_length++] = (byte)',';
        Add(seconds, isThere: !double.IsNaN(seconds));
        _line[_length - 1] = (byte)'\n';
        // One write a line, so that whoever reads meanwhile sees whole lines.
        _stream.Write(_line.AsSpan(0, _length));
    }

    private static string Quoted(string name) => name.AsSpan().IndexOfAny(",\"\n\r") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
