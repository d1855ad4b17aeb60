using System.Collections.Immutable;
using System.Globalization;

namespace StaticNet.Search;

/// <summary>What a search can vary: its dimensions.</summary>
/// <remarks>
/// A <b>point</b> has one number from 0 to 1 for each dimension, in their order; methods propose points. The values of a trial are
/// what dimensions make of those numbers; a dimension that plays no part (<see cref="Dimension.When"/>) has no value, and 0.5 in
/// the point.
/// </remarks>
public sealed class SearchSpace
{
    internal const double Inactive = 0.5;

    /// <summary>Makes a space.</summary>
    /// <param name="dimensions">One or more, with different names; conditions name earlier ones.</param>
    /// <exception cref="ArgumentException">There is none, a name is there twice, or a condition names a dimension that does not
    /// come before.</exception>
    public SearchSpace(params Dimension[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Length == 0 || dimensions.Contains(null))
            throw new ArgumentException("Expected one or more dimensions, none of them null.", nameof(dimensions));
        for (var index = 0; index < dimensions.Length; index++)
        {
            var dimension = dimensions[index];
            if (dimensions.Take(index).Any(other => other.Name == dimension.Name))
                throw new ArgumentException($"Expected dimensions with different names; '{dimension.Name}' is there twice.", nameof(dimensions));
            if (dimension.When is { } condition && Array.IndexOf(dimensions, condition.On) is var on && (on < 0 || on >= index))
                throw new ArgumentException($"Expected {condition.On.Name} before {dimension.Name}, which depends on it ({condition}).", nameof(dimensions));
        }

        Dimensions = [.. dimensions];
    }

    /// <summary>The dimensions in their order.</summary>
    public ImmutableArray<Dimension> Dimensions { get; }

    /// <summary>The index of a dimension; −1 if it is none of this space.</summary>
    internal int IndexOf(Dimension dimension) => Dimensions.IndexOf(dimension);

    /// <summary>The values at a point, or at the first coordinates of one; NaN where a dimension plays no part.</summary>
    internal ImmutableArray<double> ValuesAt(ReadOnlySpan<double> point)
    {
        var values = new double[point.Length];
        for (var index = 0; index < values.Length; index++)
            values[index] = IsActive(index, values) ? Dimensions[index].FromUnit(Math.Clamp(point[index], 0, 1)) : double.NaN;
        return [.. values];
    }

    /// <summary>The point of values.</summary>
    internal ImmutableArray<double> PointOf(ImmutableArray<double> values) =>
        [.. values.Select((value, index) => double.IsNaN(value) ? Inactive : Dimensions[index].ToUnit(value))];

    /// <summary>The point that stands for all with the same values.</summary>
    internal ImmutableArray<double> Snap(ReadOnlySpan<double> point) => PointOf(ValuesAt(point));

    /// <summary>The values of a trial of one's own.</summary>
    /// <exception cref="ArgumentException">A dimension is missing, superfluous, there twice, or not of this space.</exception>
    internal ImmutableArray<double> ValuesOf(IEnumerable<DimensionValue> given, string argument)
    {
        var values = Enumerable.Repeat(double.NaN, Dimensions.Length).ToArray();
        foreach (var (dimension, value) in given.Select(item => (item.Dimension, item.Value)))
        {
            var index = dimension is null ? -1 : IndexOf(dimension);
            if (index < 0)
                throw new ArgumentException($"Expected dimensions of the search's space in a trial; '{dimension?.Name}' is none.", argument);
            if (!double.IsNaN(values[index]))
                throw new ArgumentException($"Expected one value of each dimension in a trial; {dimension!.Name} has two.", argument);
            values[index] = value;
        }

        for (var index = 0; index < values.Length; index++)
        {
            var (dimension, isThere) = (Dimensions[index], !double.IsNaN(values[index]));
            if (isThere != IsActive(index, values))
            {
                throw new ArgumentException(
                    isThere ? $"Expected {dimension.Name} only where {dimension.When}; the trial has it all the same." : $"Expected a value of {dimension.Name} in a trial; it has none.", argument);
            }
        }

        return [.. values];
    }

    /// <summary>Whether a dimension plays a part, given the values of those before.</summary>
    internal bool IsActive(int index, ReadOnlySpan<double> values) =>
        Dimensions[index].When is not { } condition || condition.Holds(values[IndexOf(condition.On)]);

    /// <summary>Values as a person reads them: <c>learning_rate 0.003, optimizer sgd</c>.</summary>
    internal string Text(ImmutableArray<double> values) => string.Join(
        ", ", Dimensions.Select((dimension, index) => (dimension, Value: values[index])).Where(item => !double.IsNaN(item.Value)).Select(item => $"{item.dimension.Name} {item.dimension.Text(item.Value)}"));

    /// <summary>The dimensions, one a line.</summary>
    /// <returns>The lines, without a final line break.</returns>
    public override string ToString() => string.Join('\n', Dimensions.Select(Describe));

    /// <summary>A dimension with its condition: <c>momentum: 0 to 0.99 (if optimizer is sgd)</c>.</summary>
    internal static string Describe(Dimension dimension) =>
        string.Create(CultureInfo.InvariantCulture, $"{dimension.Name}: {dimension}{(dimension.When is { } condition ? $" (if {condition})" : "")}");
}
