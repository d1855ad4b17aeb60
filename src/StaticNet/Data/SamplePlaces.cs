namespace StaticNet.Data;

/// <summary>Where the samples of a data set are in the user's own data.</summary>
/// <param name="placeOf">Returns the phrase for a sample there.</param>
/// <param name="numbers">The number of each sample there; null where they are the same.</param>
internal sealed class SamplePlaces(Func<int, string> placeOf, int[]? numbers)
{
    public string Of(int sample) => placeOf(numbers is null ? sample : numbers[sample]);

    public SamplePlaces Subset(ReadOnlySpan<int> samples)
    {
        var own = samples.ToArray();
        for (var index = 0; index < own.Length && numbers is not null; index++)
            own[index] = numbers[own[index]];
        return new SamplePlaces(placeOf, own);
    }
}
