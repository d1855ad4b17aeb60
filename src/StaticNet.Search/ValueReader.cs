using System.Collections.Immutable;

namespace StaticNet.Search;

/// <summary>How trials and their results give the values of dimensions.</summary>
internal static class ValueReader
{
    public static T Get<T>(SearchSpace space, ImmutableArray<double> values, Dimension<T> dimension, int trial) => IsActive(space, values, dimension)
        ? dimension.ValueOf(values[space.IndexOf(dimension)])
        : throw new InvalidOperationException($"Expected a dimension that plays a part in trial {trial}; {dimension.Name} does only if {dimension.When}.");

    public static bool IsActive(SearchSpace space, ImmutableArray<double> values, Dimension dimension)
    {
        ArgumentNullException.ThrowIfNull(dimension);
        var index = space.IndexOf(dimension);
        return index >= 0
            ? !double.IsNaN(values[index])
            : throw new ArgumentException($"Expected a dimension of the search's space; '{dimension.Name}' is none. It has: {string.Join(", ", space.Dimensions.Select(own => own.Name))}.", nameof(dimension));
    }
}
