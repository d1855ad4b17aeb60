using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using StaticNet.Serialization;

namespace StaticNet.Training.Checkpoints;

/// <summary>All that a run needs to continue as if it had not been interrupted.</summary>
/// <remarks>
/// One safetensors file. Parameters are stored under their own names, so that a network can load them from it
/// (<c>LoadSafetensors</c>, not strict); the rest under <c>optimizer/</c>, <c>callback/NAME/</c> and, as metadata,
/// <c>training/</c> and <c>setting/</c>. A SHA-256 over everything reveals damaged files. In a long run, the first epochs
/// of the history are in files next to it: see <see cref="HistoryFiles"/>.
/// </remarks>
/// <param name="Settings">What must be the same for a run to continue bit for bit: network, optimizer, seed, batch size and so on.</param>
/// <param name="Progress">How far the run is.</param>
/// <param name="Network">Parameters, statistics and scaling.</param>
/// <param name="Optimizer">The optimizer's state.</param>
/// <param name="Callbacks">The states of the callbacks that have one, by their names.</param>
internal sealed record Checkpoint(
    IReadOnlyDictionary<string, string> Settings,
    TrainingProgress Progress,
    StateDict Network,
    StateDict Optimizer,
    IReadOnlyDictionary<string, StateDict> Callbacks)
{
    /// <summary>The most callbacks with a state that a checkpoint may have.</summary>
    private const int MaxCallbacks = 256;

    private const string FormatKey = "format";
    private const string Format = "StaticNet checkpoint 1";
    private const string DigestKey = "sha256";
    private const string CallbackNamesKey = "callbacks";
    private const string SettingPrefix = "setting/";
    private const string TrainingPrefix = "training/";
    private const string OptimizerPrefix = "optimizer/";
    private const string CallbackPrefix = "callback/";

    /// <exception cref="InvalidOperationException">There are too many callbacks.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        if (Callbacks.Count > MaxCallbacks)
            throw new InvalidOperationException($"Expected at most {MaxCallbacks} callbacks with a state; there are {Callbacks.Count}.");
        var state = new StateDict();
        state.AddPart("", Network);
        state.AddPart(OptimizerPrefix, Optimizer);
        foreach (var (name, callback) in Callbacks)
            state.AddPart($"{CallbackPrefix}{name}/", callback);
        foreach (var (name, value) in Settings)
            state.Metadata.Add(SettingPrefix + name, value);
        Progress.Write(new CheckpointFields(state, TrainingPrefix));
        state.Metadata.Add(FormatKey, Format);
        state.Metadata.Add(CallbackNamesKey, string.Join(' ', Callbacks.Keys));
        state.Metadata.Add(DigestKey, Digest(state));
        Safetensors.Save(path, state);
        FolderFlush.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <exception cref="CheckpointException">The file is damaged, or no checkpoint.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static Checkpoint Load(string path)
    {
        try
        {
            return Read(Safetensors.Load(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (SafetensorsException exception)
        {
            throw new CheckpointException(exception.Message, exception);
        }
        catch (CheckpointException exception)
        {
            throw new CheckpointException($"{path} is not a complete checkpoint: {exception.Message}", exception);
        }
    }

    private static Checkpoint Read(StateDict state, string folder)
    {
        var fields = new CheckpointFields(state, "");
        if (fields.TextOrNull(FormatKey) is var format && format != Format)
            throw new CheckpointException($"Expected the format '{Format}'; {(format is null ? "none" : $"'{format}'")} is named.");
        if (fields.Text(DigestKey) != Digest(state))
            throw new CheckpointException("Its numbers are not those that were written.");

        var names = fields.Text(CallbackNamesKey).Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (names.Count > MaxCallbacks)
            throw new CheckpointException($"Expected at most {MaxCallbacks} callbacks; {names.Count} are named.");
        var network = new StateDict();
        foreach (var tensor in state.Where(tensor => !tensor.Name.Contains('/', StringComparison.Ordinal)))
            network.Add(tensor.Name, tensor.Shape.AsSpan(), tensor.Values);
        // Such as the schema of its tables.
        foreach (var (key, value) in state.Metadata.Where(entry => !entry.Key.Contains('/', StringComparison.Ordinal) && entry.Key is not (FormatKey or CallbackNamesKey or DigestKey)))
            network.Metadata.Add(key, value);
        return new Checkpoint(
            new SortedDictionary<string, string>(state.Part(SettingPrefix).Metadata, StringComparer.Ordinal),
            TrainingProgress.Read(new CheckpointFields(state, TrainingPrefix), folder),
            network,
            state.Part(OptimizerPrefix),
            CallbackParts(state.Part(CallbackPrefix), names));
    }

    /// <summary>The state of each callback, in one pass: a file may name very many.</summary>
    private static Dictionary<string, StateDict> CallbackParts(StateDict all, HashSet<string> names)
    {
        var parts = names.ToDictionary(name => name, _ => new StateDict(), StringComparer.Ordinal);
        foreach (var tensor in all)
        {
            if (Split(tensor.Name) is { } place)
                place.Part.Add(place.Key, tensor.Shape.AsSpan(), tensor.Values);
        }

        foreach (var (name, value) in all.Metadata)
        {
            if (Split(name) is { } place)
                place.Part.Metadata.Add(place.Key, value);
        }

        return parts;

        (StateDict Part, string Key)? Split(string name) =>
            name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end && parts.TryGetValue(name[..end], out var part) ? (part, name[(end + 1)..]) : null;
    }

    /// <summary>Over all names, shapes, numbers and metadata, each with its length in front.</summary>
    internal static string Digest(StateDict state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in state)
        {
            AppendText(hash, tensor.Name);
            AppendNumber(hash, tensor.Shape.Length);
            foreach (var size in tensor.Shape)
                AppendNumber(hash, size);
            AppendFloats(hash, tensor.Values);
        }

        foreach (var (key, value) in state.Metadata.Where(entry => entry.Key != DigestKey))
        {
            AppendText(hash, key);
            AppendText(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AppendNumber(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void AppendFloats(IncrementalHash hash, ReadOnlySpan<float> values)
    {
        const int chunk = 1 << 14;
        var swapped = BitConverter.IsLittleEndian ? [] : new int[chunk];
        for (; !values.IsEmpty; values = values[Math.Min(chunk, values.Length)..])
        {
            var bits = MemoryMarshal.Cast<float, int>(values[..Math.Min(chunk, values.Length)]);
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(bits, swapped);
                bits = swapped.AsSpan(0, bits.Length);
            }

            hash.AppendData(MemoryMarshal.AsBytes(bits));
        }
    }
}
