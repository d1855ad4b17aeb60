namespace StaticNet.Training.Checkpoints;

/// <summary>
/// What the program says of those settings that training changes too, such as learning rates: what it said last, not what a callback
/// has made of it since.
/// </summary>
/// <remarks>
/// Whatever is not as the last call of <c>Fit</c> left it, the program has changed in between. Such a change is meant: it counts, whatever a
/// checkpoint holds.
/// </remarks>
/// <param name="read">Reads the settings as they are now.</param>
internal sealed class ProgramSettings(Func<SortedDictionary<string, string>> read)
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private SortedDictionary<string, string> _said = [];
    private SortedDictionary<string, string>? _left;

    /// <summary>The settings as the program has them.</summary>
    public IReadOnlyDictionary<string, string> Said => _said;

    /// <summary>Finds what the program has changed; to be called when a run begins.</summary>
    public void Read()
    {
        var present = read();
        if (_left is null)
            _said = present;
        foreach (var (name, value) in present)
        {
            if (_left is null || _left.GetValueOrDefault(name) == value)
                continue;
            _said[name] = value;
            _changed.Add(name);
        }
    }

    /// <summary>Remembers how a run leaves them; to be called when it ends.</summary>
    public void Leave() => _left = read();

    /// <summary>Whether a setting is one of these.</summary>
    public bool Has(string name) => _said.ContainsKey(name);

    /// <summary>Whether the program has changed a setting between two runs.</summary>
    public bool IsChanged(string name) => _changed.Contains(name);
}
