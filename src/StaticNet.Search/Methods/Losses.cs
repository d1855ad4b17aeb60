namespace StaticNet.Search;

/// <summary>What methods make of the losses of trials before they fit a model to them.</summary>
internal static class Losses
{
    /// <summary>The trials with a result, in order.</summary>
    public static Observation[] Finished(IReadOnlyList<Observation> observations) => [.. observations.Where(observation => !observation.IsPending)];

    /// <summary>
    /// Losses on a scale on which a model can be fitted: the smallest is 0 and the median about 0.7, large ones count by their order of magnitude,
    /// and a trial that diverged is as bad as the worst. The order of the trials stays.
    /// </summary>
    public static double[] Warped(ReadOnlySpan<Observation> finished)
    {
        var losses = new double[finished.Length];
        for (var index = 0; index < losses.Length; index++)
            losses[index] = finished[index].Loss;
        var finite = losses.Where(double.IsFinite).Order().ToArray();
        if (finite.Length == 0)
            return new double[losses.Length];
        var (smallest, largest, median) = (finite[0], finite[^1], finite[finite.Length / 2]);
        var unit = median > smallest ? median - smallest : largest > smallest ? largest - smallest : 1;
        for (var index = 0; index < losses.Length; index++)
            losses[index] = Math.Log(1 + ((double.IsFinite(losses[index]) ? losses[index] : largest) - smallest) / unit);
        return losses;
    }

    /// <summary>The index of the best trial, one that was not given up if there is such a one.</summary>
    /// <param name="finished">One or more trials with results.</param>
    public static int IndexOfBest(Observation[] finished) =>
        finished.Index().OrderBy(item => item.Item.IsPruned).ThenBy(item => item.Item.Loss).First().Index;
}
