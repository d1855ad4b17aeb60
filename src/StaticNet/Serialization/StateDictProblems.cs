using System.Collections.Immutable;

namespace StaticNet.Serialization;

/// <summary>What keeps a state dict from fitting the tensors that are expected, found before anything changes.</summary>
/// <param name="Missing">Expected names that are not there.</param>
/// <param name="Unexpected">Names that are there and not expected.</param>
/// <param name="Misshapen">Names with the shape expected and the one that is there.</param>
internal sealed record StateDictProblems(List<string> Missing, List<string> Unexpected, List<string> Misshapen)
{
    public static StateDictProblems Find(IEnumerable<(string Name, ImmutableArray<int> Shape)> expected, StateDict state)
    {
        var problems = new StateDictProblems([], [], []);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, shape) in expected)
        {
            names.Add(name);
            if (!state.TryGet(name, out var tensor))
                problems.Missing.Add(name);
            else if (!IsSame(tensor.Shape.AsSpan(), shape.AsSpan()))
                problems.Misshapen.Add($"{name} (expected {Shapes.Format(shape.AsSpan())}, got {Shapes.Format(tensor.Shape.AsSpan())})");
        }

        problems.Unexpected.AddRange(state.Select(tensor => tensor.Name).Where(name => !names.Contains(name)));
        return problems;
    }

    /// <summary>Whether shapes are equal. A single number may come without an axis, as PyTorch stores <c>num_batches_tracked</c>.</summary>
    private static bool IsSame(ReadOnlySpan<int> came, ReadOnlySpan<int> expected) =>
        came.SequenceEqual(expected) || (came.IsEmpty && expected is [1]);

    /// <param name="strict">Whether missing and unexpected tensors are problems; a wrong shape always is one.</param>
    /// <param name="owner">What the tensors are for: a network's name.</param>
    /// <param name="what">What does not fit.</param>
    /// <param name="advice">What the message ends with: nothing, or a space and what helps.</param>
    /// <exception cref="ArgumentException">There are problems; the message names all of them.</exception>
    public void ThrowIfAny(bool strict, string owner, string what = "The state dict", string advice = "")
    {
        var lines = new List<string>();
        Add("missing", strict ? Missing : []);
        Add("unexpected", strict ? Unexpected : []);
        Add("of another shape", Misshapen);
        if (lines.Count > 0)
            throw new ArgumentException($"{what} does not fit {owner}. {string.Join(" ", lines)}{advice}");

        void Add(string problem, List<string> names)
        {
            if (names.Count > 0)
                lines.Add($"Tensors {problem}: {string.Join(", ", names)}.");
        }
    }
}
