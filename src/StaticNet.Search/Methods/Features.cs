namespace StaticNet.Search;

/// <summary>Points as models see them: an ordered dimension is one coordinate, and a choice has one for each alternative, so that
/// any two alternatives are equally far apart.</summary>
internal sealed class Features
{
    /// <summary>The coordinate of the chosen alternative: two alternatives are at a distance of 1.</summary>
    private const double Chosen = 0.70710678118654752;

    private readonly SearchSpace _space;

    public Features(SearchSpace space)
    {
        _space = space;
        DimensionOf = [.. space.Dimensions.SelectMany((dimension, index) => Enumerable.Repeat(index, dimension.IsOrdered ? 1 : dimension.Count!.Value))];
    }

    /// <summary>The dimension of each coordinate.</summary>
    public int[] DimensionOf { get; }

    /// <summary>The number of coordinates.</summary>
    public int Length => DimensionOf.Length;

    /// <summary>The coordinates of a point.</summary>
    public double[] Of(ReadOnlySpan<double> point)
    {
        var features = new double[Length];
        var place = 0;
        var snapped = _space.Snap(point);
        foreach (var (index, dimension) in _space.Dimensions.Index())
        {
            if (dimension.IsOrdered)
            {
                features[place++] = snapped[index];
                continue;
            }

            features[place + (int)dimension.FromUnit(snapped[index])] = Chosen;
            place += dimension.Count!.Value;
        }

        return features;
    }
}
