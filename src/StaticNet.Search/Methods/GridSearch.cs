using System.Globalization;
using System.Runtime.CompilerServices;

namespace StaticNet.Search;

/// <summary>All combinations of some values of each dimension; the last dimension changes fastest.</summary>
/// <remarks>
/// A choice has all of its alternatives, and so has a dimension of whole numbers with at most as many as the grid has values; other
/// dimensions have values at equal distances, both ends included, and fewer of them where whole numbers would be there twice. A dimension that plays no part in a combination does not
/// multiply it. The grid ends the search when it is done.
/// </remarks>
public sealed class GridSearch : SearchMethod
{
    private const int MostPoints = 1_000_000;

    private readonly ConditionalWeakTable<SearchSpace, List<double[]>> _grids = [];

    /// <summary>Makes a grid.</summary>
    /// <param name="values">The values of a dimension that has more, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2.</exception>
    public GridSearch(int values = 5)
        : base(0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values, 2);
        Values = values;
    }

    /// <summary>The values of a dimension that has more.</summary>
    public int Values { get; }

    /// <inheritdoc/>
    public override bool UsesResults => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The grid has more than a million points.</exception>
    public override int? TrialCount(SearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return GridOf(space).Count;
    }

    /// <inheritdoc/>
    public override void Propose(SearchSpace space, int trial, IReadOnlyList<Observation> observations, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(space);
        var grid = GridOf(space);
        grid[trial % grid.Count].CopyTo(point);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(GridSearch)}, {Values} values";

    private List<double[]> GridOf(SearchSpace space) => _grids.GetValue(space, searched =>
    {
        var points = new List<double[]> { Array.Empty<double>() };
        for (var index = 0; index < searched.Dimensions.Length; index++)
        {
            var grid = new List<double[]>();
            foreach (var begun in points)
            {
                // The values so far decide whether the dimension plays a part.
                var values = searched.ValuesAt(begun);
                foreach (var place in searched.IsActive(index, values.AsSpan()) ? Places(searched.Dimensions[index]) : [SearchSpace.Inactive])
                    grid.Add([.. begun, place]);
                if (grid.Count > MostPoints)
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected a grid of at most {MostPoints:N0} points; fewer values than {Values} of a dimension, or fewer dimensions, make a smaller one."), nameof(space));
            }

            points = grid;
        }

        return points;
    });

    private IEnumerable<double> Places(Dimension dimension) => dimension.Count is { } count && (count <= Values || !dimension.IsOrdered)
        ? Enumerable.Range(0, count).Select(index => (index + 0.5) / count)
        : Enumerable.Range(0, Values).Select(index => (double)index / (Values - 1)).DistinctBy(dimension.FromUnit);
}
