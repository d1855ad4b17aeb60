using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StaticNet.Serialization;

namespace StaticNet.Training.Checkpoints;

/// <summary>
/// A run's finished epochs in files beside its checkpoints, so that what a checkpoint takes does not grow with the epochs before it:
/// each fifty are in a file that is never changed, and a checkpoint holds those after them.
/// </summary>
/// <remarks>
/// A file is <c>history-000002-….safetensors</c>, with its number and a SHA-256 of what it says in the name; it is metadata alone. It names the
/// file before it, and a checkpoint the last one, so one name identifies all epochs before. A file is complete before a
/// checkpoint names it: a crash in between leaves one that nobody names.
/// </remarks>
internal sealed class HistoryFiles
{
    /// <summary>The epochs of a file.</summary>
    public const int EpochsOfFile = 50;

    /// <summary>What interrupted writes leave.</summary>
    public const string Temporaries = $"{Prefix}*{Extension}.*.tmp";

    private const string Prefix = "history-";
    private const string Extension = ".safetensors";
    private const string BeforeKey = "before";
    private const string EpochsKey = "epochs";
    private const int DigestLength = 32;
    private const int LeastDigits = 6;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly Dictionary<string, StoredHistory> _stored = new(StringComparer.Ordinal);

    /// <summary>Continues after what a checkpoint names, in its folder.</summary>
    public void GoOn(string folder, StoredHistory stored) => _stored[folder] = stored;

    /// <summary>Writes what fills files and has none in a folder.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="epochs">The finished epochs of the run.</param>
    /// <returns>What is in files now.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public StoredHistory Store(string folder, ImmutableArray<EpochResult> epochs)
    {
        var stored = _stored.GetValueOrDefault(folder);
        while (epochs.Length - stored.Epochs >= EpochsOfFile)
        {
            var number = (stored.Epochs / EpochsOfFile) + 1;
            var state = new StateDict { Metadata = { [EpochsKey] = EpochResultJson.Write(epochs.Slice(stored.Epochs, EpochsOfFile)) } };
            if (stored.Last is not null)
                state.Metadata[BeforeKey] = stored.Last;
            var name = NameOf(number, state);
            Safetensors.Save(Path.Combine(folder, name), state);
            FolderFlush.Flush(folder);
            stored = new StoredHistory(number * EpochsOfFile, name);
            _stored[folder] = stored;
        }

        return stored;
    }

    /// <summary>Reads all epochs up to the end of a file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="last">The file's name.</param>
    /// <exception cref="CheckpointException">It, or one before it, is not there or is not what was written.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImmutableArray<EpochResult> Read(string folder, string last)
    {
        var files = new Stack<ImmutableArray<EpochResult>>();
        var expected = NumberOf(last);
        for (var name = last; ; expected--)
        {
            // Numbers fall, so that there is an end whatever the files say.
            if (expected < 1 || NumberOf(name) != expected)
                throw new CheckpointException($"Expected the history file {expected} before the next one; the checkpoint names '{name}'.");
            var (before, epochs) = ReadFile(folder, name);
            files.Push(epochs);
            if (before is null && expected == 1)
                return [.. files.SelectMany(file => file)];
            name = before ?? throw new CheckpointException($"Expected a file before {name}; it names none.");
        }
    }

    private static (string? Before, ImmutableArray<EpochResult> Epochs) ReadFile(string folder, string name)
    {
        var fields = new CheckpointFields(Load(folder, name), "");
        var epochs = EpochResultJson.Read(fields.Text(EpochsKey));
        return epochs.Length == EpochsOfFile ? (fields.TextOrNull(BeforeKey), epochs) : throw new CheckpointException($"Expected {EpochsOfFile} epochs in {name}; it has {epochs.Length}.");
    }

    private static StateDict Load(string folder, string name)
    {
        try
        {
            var state = Safetensors.Load(Path.Combine(folder, name));
            return NameOf(NumberOf(name), state) == name ? state : throw new CheckpointException($"{name} is not what was written.");
        }
        catch (SafetensorsException exception)
        {
            throw new CheckpointException($"{name} is not what was written.", exception);
        }
        catch (FileNotFoundException exception)
        {
            throw new CheckpointException($"{name}, which has epochs of its history, is not next to it.", exception);
        }
    }

    /// <summary>The number in a file's name; nothing but such a name comes to the file system.</summary>
    private static int NumberOf(string name)
    {
        var digits = name.Length - Prefix.Length - Extension.Length - DigestLength - 1;
        var isName = digits >= LeastDigits && name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal)
            && name[Prefix.Length + digits] == '-' && name.AsSpan(Prefix.Length + digits + 1, DigestLength).IndexOfAnyExcept(HexDigits) < 0;
        return isName && int.TryParse(name.AsSpan(Prefix.Length, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CheckpointException($"Expected the name of a file of the history; '{name}' is named.");
    }

    /// <summary>The name of a file that says what is given.</summary>
    internal static string NameOf(int number, StateDict state)
    {
        var said = Encoding.UTF8.GetBytes(string.Join('\n', state.Metadata.Select(entry => $"{entry.Key}: {entry.Value}")));
        return $"{Prefix}{number.ToString("D6", CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(SHA256.HashData(said))[..DigestLength]}{Extension}";
    }
}

/// <summary>How much of a run's history is in files.</summary>
/// <param name="Epochs">The epochs.</param>
/// <param name="Last">The last file; null for none.</param>
internal readonly record struct StoredHistory(int Epochs, string? Last);
