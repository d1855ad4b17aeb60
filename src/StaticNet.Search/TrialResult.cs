using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Search;

/// <summary>A trial that has ended.</summary>
public sealed class TrialResult
{
    private readonly SearchSpace _space;
    private readonly ImmutableArray<double> _values;

    internal TrialResult(SearchSpace space, int number, ImmutableArray<double> values, TrialStatus status, double value, ImmutableArray<double> reports, double seconds)
    {
        (_space, Number, _values) = (space, number, values);
        (Status, Value, Reports, Seconds) = (status, value, reports, seconds);
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }

    /// <summary>How it ended.</summary>
    public TrialStatus Status { get; }

    /// <summary>What the objective returned; of a pruned trial the last reported value, and NaN of one that diverged.</summary>
    public double Value { get; }

    /// <summary>What it reported, one value for each step.</summary>
    public ImmutableArray<double> Reports { get; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; }

    /// <summary>The values by the order of the dimensions; NaN where one plays no part.</summary>
    internal ImmutableArray<double> Values => _values;

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

    /// <summary>The value of a dimension as a person reads it; empty where it plays no part.</summary>
    /// <param name="dimension">A dimension of the space.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">The space has no such dimension.</exception>
    public string Text(Dimension dimension) => IsActive(dimension) ? dimension.Text(_values[_space.IndexOf(dimension)]) : "";

    /// <summary>The trial in a line: <c>trial 4: 0.9861 with learning_rate 0.003, optimizer adam</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"trial {Number}: {Value:G6}{(Status == TrialStatus.Completed ? "" : Status == TrialStatus.Pruned ? " (given up)" : " (diverged)")} with {_space.Text(_values)}");
}
