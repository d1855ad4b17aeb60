namespace StaticNet.Generator.Kernels;

/// <summary>A row of each sequence, and the weight that it is multiplied with.</summary>
/// <param name="Depth">The elements of a row.</param>
/// <param name="Weight">The weight, as panels with a row for each element.</param>
/// <param name="Row">The reference of a sequence's row.</param>
internal sealed record RowFactor(int Depth, string Weight, Func<int, string> Row)
{
    /// <summary>The lanes of other gates before those that the weight begins with.</summary>
    public int LanesBefore { get; init; }
}
