using System.Globalization;
using System.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Checkpoints;

/// <summary>Numbers and texts among the metadata of a state dict, under names with a prefix. Numbers are stored to the bit.</summary>
internal sealed class CheckpointFields(StateDict state, string prefix)
{
    public void Set(string key, string text) => state.Metadata[prefix + key] = text;

    // The shortest text that reads back as the same number.
    public void Set<T>(string key, T number)
        where T : INumber<T> => Set(key, number.ToString(null, CultureInfo.InvariantCulture));

    /// <exception cref="CheckpointException">There is none.</exception>
    public string Text(string key) => TextOrNull(key) ?? throw new CheckpointException($"Expected metadata '{prefix}{key}'; there is none.");

    public string? TextOrNull(string key) => state.Metadata.TryGetValue(prefix + key, out var text) ? text : null;

    /// <exception cref="CheckpointException">There is none, or it is not such a number.</exception>
    public int Int32(string key) => Number<int>(key);

    /// <inheritdoc cref="Int32"/>
    public long Int64(string key) => Number<long>(key);

    /// <inheritdoc cref="Int32"/>
    public float Single(string key) => Number<float>(key);

    /// <inheritdoc cref="Int32"/>
    public double Double(string key) => Number<double>(key);

    private T Number<T>(string key)
        where T : INumber<T>
    {
        var text = Text(key);
        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CheckpointException($"Expected a number in the metadata '{prefix}{key}'; '{text}' is there.");
    }
}
