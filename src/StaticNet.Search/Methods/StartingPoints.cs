namespace StaticNet.Search;

/// <summary>The first trials of methods that need some results: they fill the space evenly.</summary>
internal static class StartingPoints
{
    /// <summary>Writes the point of a trial: of a Sobol sequence or, in more dimensions than that has, a random one.</summary>
    public static void Write(SearchSpace space, ulong seed, int trial, Span<double> point)
    {
        SearchMethod method = point.Length <= SobolSequence.MostDimensions ? new SobolSearch(seed) : new RandomSearch(seed);
        method.Propose(space, trial, [], point);
    }
}
