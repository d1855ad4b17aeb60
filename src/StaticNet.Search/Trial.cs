using System.Collections.Immutable;
using StaticNet.Numerics;

namespace StaticNet.Search;

/// <summary>One trial, as its objective sees it: the values to try. For one thread at a time.</summary>
public sealed class Trial
{
    private readonly SearchSpace _space;
    private readonly ImmutableArray<double> _values;
    private readonly SearchGoal _goal;
    private readonly Pruner? _pruner;
    private readonly IReadOnlyList<ImmutableArray<double>> _others;
    private readonly List<double> _reports = [];

    internal Trial(
        int number, SearchSpace space, ImmutableArray<double> values, ulong seed, SearchGoal goal, Pruner? pruner, IReadOnlyList<ImmutableArray<double>> others, CancellationToken cancellationToken)
    {
        (Number, _space, _values, _goal) = (number, space, values, goal);
        (_pruner, _others, CancellationToken) = (pruner, others, cancellationToken);
        // Streams from the last one on, because methods draw from the first ones.
        Seed = new RandomStream(seed, ulong.MaxValue - (ulong)number).NextUInt64();
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }

    /// <summary>A seed of its own, for what is random in it: the same whenever this search runs.</summary>
    public ulong Seed { get; }

    /// <summary>Ends the trial when the search is cancelled, or another trial has failed: for <c>Fit</c>. What an objective returns afterwards is not kept.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Whether <see cref="Report"/> has found it hopeless.</summary>
    public bool IsPruned { get; private set; }

    /// <summary>The steps that were reported; NaN for what was not finite, so that they are the same in a journal.</summary>
    internal ImmutableArray<double> Reports => [.. _reports];

    /// <summary>The value of a dimension.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="dimension">A dimension of the space.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The space has no such dimension.</exception>
    /// <exception cref="InvalidOperationException">The dimension plays no part in this trial; see <see cref="IsActive"/>.</exception>
    public T Get<T>(Dimension<T> dimension) => ValueReader.Get(_space, _values, dimension, Number);

    /// <summary>Whether a dimension plays a part in this trial (<see cref="Dimension.When"/>).</summary>
    /// <param name="dimension">A dimension of the space.</param>
    /// <returns>Whether it has a value.</returns>
    /// <exception cref="ArgumentException">The space has no such dimension.</exception>
    public bool IsActive(Dimension dimension) => ValueReader.IsActive(_space, _values, dimension);

    /// <summary>Reports how good the trial is after one more step, such as an epoch, for the pruner.</summary>
    /// <param name="value">A value like the objective's. One that is not finite is the worst.</param>
    /// <returns>Whether to go on; false if the trial has become hopeless, and the objective should return soon.</returns>
    public bool Report(double value)
    {
        _reports.Add(double.IsFinite(value) ? value : double.NaN);
        IsPruned |= _pruner?.IsHopeless([.. _reports.Select(report => _goal.LossOf(report))], _others) == true;
        return !IsPruned;
    }

    /// <summary>The values: <c>learning_rate 0.003, optimizer adam</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _space.Text(_values);
}
