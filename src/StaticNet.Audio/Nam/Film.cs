using StaticNet.Audio.Json;

namespace StaticNet.Audio.Nam;

/// <summary>A feature-wise linear modulation: a scale and perhaps a shift for each channel, both linear functions of the condition.</summary>
/// <param name="Entry">Its place in the file.</param>
/// <param name="HasShift">Whether there is a shift.</param>
/// <param name="Groups">The groups of condition and channels.</param>
internal sealed record Film(Entry Entry, bool HasShift, int Groups)
{
    /// <summary>Reads a modulation.</summary>
    /// <returns>The modulation, or null if there is none.</returns>
    public static Film? Read(Entry array, string name)
    {
        if (array.Find(name) is not { } entry || entry.Value.ValueKind == System.Text.Json.JsonValueKind.False)
            return null;
        if (!entry.IsObject)
        {
            entry.Problems.Damaged(entry.Where, entry.Shown, "an object or false is expected here");
            return null;
        }

        entry.RefuseOthers("active", "shift", "groups");
        var film = new Film(entry, entry.Boolean("shift", true), entry.Int32("groups", 1, Limits.MostChannels, 1));
        return entry.Boolean("active", true) ? film : null;
    }
}
