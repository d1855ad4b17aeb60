using System.Globalization;

namespace StaticNet;

/// <summary>What the parameters of a network are and how they are stored, as text: the same text, the same layout.</summary>
/// <remarks>The generator compiles this source too, to check files of baked weights: it keeps to what netstandard2.0 has.</remarks>
internal static class Architecture
{
    private const string Mark = "; ";

    /// <summary>A parameter as a line: its name and shape, and how it is stored.</summary>
    public static string Line(
        string name, IEnumerable<int> shape, ParameterKind kind, ParameterPacking packing, int offset, int channels, int groups, int gates, IEnumerable<string> connections) =>
        FormattableString.Invariant($"{name} [{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]{Mark}{kind}{Mark}{packing}{Mark}offset {offset}{Mark}channels {channels}{Mark}groups {groups}{Mark}gates {gates}{Mark}connections {string.Join(" ", connections)}");

    /// <summary>Finds the first parameter in which an architecture differs from that of a network.</summary>
    /// <param name="stored">The lines of the architecture.</param>
    /// <param name="own">Those of the network.</param>
    /// <param name="network">The network's name.</param>
    /// <returns>The end of a sentence; null if they are the same.</returns>
    public static string? Difference(IReadOnlyList<string> stored, IReadOnlyList<string> own, string network)
    {
        for (var index = 0; index < Math.Max(stored.Count, own.Count); index++)
        {
            if (index >= stored.Count)
                return $"the first tensor that differs is {Title(own[index])} of {network}, which they lack";
            if (index >= own.Count)
                return $"the first tensor that differs is {Title(stored[index])}, which {network} does not have";
            if (stored[index] == own[index])
                continue;
            var (came, expected) = (Title(stored[index]), Title(own[index]));
            return came == expected
                ? $"the first tensor that differs is {came}, which is stored in another order ({Rest(stored[index])} instead of {Rest(own[index])}): bake the weights again"
                : $"the first tensor that differs is {came}, where {network} has {expected}";
        }

        return null;
    }

    private static string Title(string line) => Part(line, isTitle: true);

    private static string Rest(string line) => Part(line, isTitle: false);

    private static string Part(string line, bool isTitle)
    {
        var place = line.IndexOf(Mark, StringComparison.Ordinal);
        return place < 0 ? line : isTitle ? line.Substring(0, place) : line.Substring(place + Mark.Length);
    }
}
