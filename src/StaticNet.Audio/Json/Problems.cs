using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Importing;

namespace StaticNet.Audio.Json;

/// <summary>Collects what is wrong with a file, to tell all of it at once.</summary>
internal sealed class Problems
{
    /// <summary>The most problems that are told: a damaged file can have one per number.</summary>
    private const int Most = 50;

    private const string Again = "Get the file again, or export the capture again";

    private readonly List<ImportProblem> _problems = [];
    private int _more;

    public bool Any => _problems.Count > 0;

    /// <summary>A file that contradicts itself or its format.</summary>
    public void Damaged(string where, string what, string why) => Add(new(where, what, why, Again));

    /// <summary>Something that is valid but cannot be imported.</summary>
    public void Unsupported(string where, string what, string why, string remedy) => Add(new(where, what, why, remedy));

    public void ThrowIfAny()
    {
        if (_problems.Count == 0)
            return;
        if (_more > 0)
            _problems.Add(new("The file", string.Create(CultureInfo.InvariantCulture, $"{_more} more problems"), $"only the first {Most} are listed", Again));
        throw new ImportException(_problems.ToImmutableArray());
    }

    private void Add(ImportProblem problem)
    {
        // What several layers share is read for each of them.
        if (_problems.Contains(problem))
            return;
        if (_problems.Count < Most)
            _problems.Add(problem);
        else
            _more++;
    }
}
