using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace StaticNet.Data;

/// <summary>What a network predicts for a row: one result for each target of its <see cref="TableSchema"/>.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a prediction, mostly of one target.")]
public sealed class TablePrediction : IReadOnlyList<TargetPrediction>
{
    private readonly ImmutableArray<TargetPrediction> _targets;

    internal TablePrediction(ImmutableArray<TargetPrediction> targets) => _targets = targets;

    /// <summary>The number of targets.</summary>
    public int Count => _targets.Length;

    /// <summary>The class of the only target.</summary>
    /// <exception cref="InvalidOperationException">There are several targets, or it is a number.</exception>
    public string Class => Only.Class;

    /// <summary>The number of the only target, in the units of its column.</summary>
    /// <exception cref="InvalidOperationException">There are several targets, or it is a class.</exception>
    public double Number => Only.Number;

    /// <summary>The probability of the class of the only target; see <see cref="TargetPrediction.Probability"/>.</summary>
    /// <exception cref="InvalidOperationException">There are several targets.</exception>
    public double? Probability => Only.Probability;

    /// <summary>The result for a target.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such target.</exception>
    public TargetPrediction this[int index] => (uint)index < (uint)Count
        ? _targets[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected a target from 0 to {Count - 1}.");

    /// <summary>The result for a target.</summary>
    /// <param name="target">Its name, compared ordinally.</param>
    /// <exception cref="ArgumentException">There is no such target.</exception>
    public TargetPrediction this[string target] => _targets.FirstOrDefault(result => result.Name == target)
        ?? throw new ArgumentException($"Expected a target of {Names}, but got '{target}'.", nameof(target));

    private string Names => string.Join(", ", _targets.Select(target => target.Name));

    private TargetPrediction Only => Count == 1
        ? _targets[0]
        : throw new InvalidOperationException($"There are {Count} targets: {Names}. Ask for one by its name: prediction[\"{_targets[0].Name}\"].");

    /// <inheritdoc/>
    public IEnumerator<TargetPrediction> GetEnumerator() => ((IEnumerable<TargetPrediction>)_targets).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The results, each with its target's name where there are several.</summary>
    public override string ToString() => Count == 1 ? _targets[0].ToString() : string.Join(", ", _targets.Select(target => $"{target.Name} {target}"));
}
