using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>A convolution of one tap after a WaveNet's layer.</summary>
/// <param name="Entry">Its place in the file.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Groups">Its groups.</param>
internal sealed record OneByOne(Entry Entry, int Outputs, int Groups)
{
    /// <summary>Reads one.</summary>
    /// <param name="array">The array of layers.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isUsual">Whether there is one if the file does not mention it.</param>
    /// <param name="outputs">The outputs that it then has; also where the file says none.</param>
    /// <returns>The convolution, or null if there is none.</returns>
    public static OneByOne? Read(Entry array, string name, bool isUsual, int outputs)
    {
        if (array.Find(name) is not { } entry)
            return isUsual ? new OneByOne(array, outputs, 1) : null;
        entry = entry.AsObject();
        entry.RefuseOthers("active", "out_channels", "groups");
        var convolution = new OneByOne(entry, entry.Int32("out_channels", 1, Limits.MostChannels, outputs), entry.Int32("groups", 1, Limits.MostChannels, 1));
        return entry.Boolean("active") ? convolution : null;
    }
}
