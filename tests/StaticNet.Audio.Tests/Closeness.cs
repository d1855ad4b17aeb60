namespace StaticNet.Audio.Tests;

/// <summary>Compares signals.</summary>
internal static class Closeness
{
    /// <summary>The largest difference, as a part of the largest expected value.</summary>
    public static double Error(IReadOnlyList<float> expected, IReadOnlyList<float> actual) => Error([.. expected.Select(value => (double)value)], actual);

    /// <summary>The largest difference, as a part of the largest expected value.</summary>
    public static double Error(IReadOnlyList<double> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var largest = expected.Max(Math.Abs);
        Assert.True(largest > 0, "The expected signal is silent.");
        return expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() / largest;
    }
}
