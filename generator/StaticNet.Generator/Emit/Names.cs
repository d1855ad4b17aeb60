using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Emit;

/// <summary>Names of layers and values as C# names.</summary>
internal static class Names
{
    /// <summary>The registers of tiles: sum01, weight0, x5, a0.</summary>
    private static readonly Regex Numbered = new("^(sum|product|distance|square|weight|x|dy|[a-d])[0-9]+((Operand|Kept)[0-9]*)?$|Lanes$");

    /// <summary>The locals and arguments of kernels.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "accumulate", "allTargets", "b", "begin", "bias", "biasGradient", "channel", "column", "counted", "counts", "dropoutEnabled", "dropoutSeed", "dx", "dy", "end",
        "columnBegin", "columnEnd", "columnTap", "count", "d", "error", "excess", "image", "isAdded", "isLarger", "left", "result", "rowBegin", "rowEnd", "rowTap", "j", "line", "map", "outputRow", "plane", "tap", "taps", "top", "w", "window", "exponential", "factor", "distance", "distances", "first", "firstSample", "inverse", "gradient", "gradients", "i", "isLargest", "k", "key", "lane", "largest",
        "logOutput", "logRest", "logarithm", "loss", "losses", "margin", "maximum", "mean", "momentum", "output", "parameters", "piece", "place", "rest", "right", "rightOutput", "row",
        "rowTarget", "rows", "set", "sets", "moments", "shift", "slope", "pixel", "group", "means", "sample", "sampleLosses", "sampleWeights", "samples", "origin", "product", "scale", "share", "size", "spread", "squared", "squares", "strip", "sum", "sums",
        "target", "targets", "threshold", "tile", "total", "transposed", "unbiased", "unit", "value", "variance", "wanted", "wantedSum", "weight", "weightGradient", "x", "y",
    };

    /// <summary>block1.dense1 → Block1Dense1</summary>
    public static string Pascal(string name) =>
        string.Concat(name.TrimStart('@').Split('.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>block1.dense1 → block1Dense1</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }

    /// <summary>A value's name as a parameter of a kernel: not one of those that kernels use themselves.</summary>
    public static string Argument(string name) => Camel(name) is var camel && Reserved.Contains(camel) || Numbered.IsMatch(camel) ? camel + "Value" : camel;
}
