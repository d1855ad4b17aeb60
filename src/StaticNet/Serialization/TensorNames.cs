namespace StaticNet.Serialization;

/// <summary>New names for the tensors of a file; see <see cref="WeightMap"/> for the entries.</summary>
internal sealed class TensorNames
{
    private readonly List<(string From, string? To)> _exact = [];
    private readonly List<(string From, string? To)> _patterns = [];
    private readonly Func<string, string> _normalize;

    /// <param name="entries">Names, modules or patterns, and what becomes of them.</param>
    /// <param name="normalize">The form in which names are compared.</param>
    /// <exception cref="ArgumentException">An entry is empty, comes twice, or has a <c>*</c> too many.</exception>
    public TensorNames((string From, string? To)[] entries, Func<string, string> normalize)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _normalize = normalize;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (from, to) in entries)
        {
            if (string.IsNullOrEmpty(from) || to?.Length == 0)
                throw new ArgumentException($"Expected names in a map, null to leave a tensor out, but got '{from}' → '{to}'.", nameof(entries));
            var name = normalize(from);
            if (!seen.Add(name))
                throw new ArgumentException($"Expected each name once in a map; '{from}' comes twice.", nameof(entries));
            var (stars, newStars) = (name.Count(IsStar), to?.Count(IsStar) ?? 0);
            if (stars > 1 || newStars > stars)
                throw new ArgumentException($"Expected at most one * on each side, on the right only if there is one on the left, but got '{from}' → '{to}'.", nameof(entries));
            (stars == 0 ? _exact : _patterns).Add((name, to));
        }

        // The longest module that fits counts; a full name is longer than any module of it.
        _exact.Sort((left, right) => right.From.Length.CompareTo(left.From.Length));
    }

    /// <summary>The new name of each of a file's names; null for those that are left out.</summary>
    /// <exception cref="ArgumentException">An entry fits no name.</exception>
    public Dictionary<string, string?> Rename(IEnumerable<string> names, string what)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var renamed = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in names)
            renamed.Add(name, Scaling.IsReserved(name) ? name : Rename(_normalize(name), used));
        var unused = _exact.Concat(_patterns).Where(entry => !used.Contains(entry.From)).Select(entry => $"'{entry.From}'").ToArray();
        if (unused.Length > 0)
            throw new ArgumentException($"{what}: expected tensors that the map names; none fits {string.Join(", ", unused)}. There are: {string.Join(", ", renamed.Keys)}.");
        return renamed;
    }

    private string? Rename(string name, HashSet<string> used)
    {
        foreach (var (from, to) in _exact)
        {
            if (!name.StartsWith(from, StringComparison.Ordinal) || (name.Length > from.Length && name[from.Length] != '.'))
                continue;
            used.Add(from);
            return to is null ? null : to + name[from.Length..];
        }

        foreach (var (from, to) in _patterns)
        {
            var star = from.IndexOf('*', StringComparison.Ordinal);
            var (before, after) = (from[..star], from[(star + 1)..]);
            if (name.Length <= before.Length + after.Length || !name.StartsWith(before, StringComparison.Ordinal) || !name.EndsWith(after, StringComparison.Ordinal))
                continue;
            used.Add(from);
            return to?.Replace("*", name[before.Length..^after.Length], StringComparison.Ordinal);
        }

        return name;
    }

    private static bool IsStar(char symbol) => symbol == '*';
}
