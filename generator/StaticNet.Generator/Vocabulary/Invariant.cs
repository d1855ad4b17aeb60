using System.Globalization;

namespace StaticNet.Generator.Vocabulary;

/// <summary>Numbers in prose: the same in every culture, some of which write minus signs and points in other ways.</summary>
internal static class Invariant
{
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(float number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with its thousands apart: 61,706.</summary>
    public static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Sizes as a shape: 3×28×28.</summary>
    public static string Shape(IEnumerable<int> sizes) => string.Join("×", sizes.Select(Text));

    public static string List(IEnumerable<int> sizes) => string.Join(", ", sizes.Select(Text));

    public static string List(IEnumerable<long> sizes) => string.Join(", ", sizes.Select(Text));
}
