using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Text;

/// <summary>Names of layers and values as C# names.</summary>
internal static class Names
{
    /// <summary>The registers of tiles: sum01, weight0, x5, a0.</summary>
    private static readonly Regex Numbered = new("^(sum|product|distance|square|origin|mean|weight|x|dy|[a-d]|[gmptwyz]|dx|even|left|odd|place|right|row)[0-9]+((Operand|Kept|Part)[0-9]*)?$|(Lanes|Total|Lost|Next)$");

    /// <summary>The locals and arguments of kernels.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "accumulate", "allTargets", "b", "band", "bandBegin", "bandEnd", "begin", "bias", "biasGradient", "block", "center", "channel", "column", "columnBegin", "columnEnd", "columnPhase", "columnTap",
        "count", "counted", "counts", "d", "difference", "distance", "distances", "drift", "dropoutEnabled", "dropoutSeed", "dx", "dy", "end",
        "error", "even", "excess", "exponential", "factor", "far", "farDifference", "farMiddle", "farSum", "first", "firstChannel", "firstSample",
        "gradient", "gradients", "group", "half", "halfway", "i", "image", "inside", "inverse", "isAdded", "isColumn", "isCumulative", "isInside", "isLarger", "isLargest", "j", "k",
        "kept", "key", "lane", "lanes", "largest", "left", "line", "logOutput", "logRest", "logarithm", "loss", "losses", "map", "margin", "maximum",
        "mean", "meanBefore", "means", "middle", "moments", "momentum", "noiseEnabled", "odd", "origin", "outer", "oldest", "output", "outputRow", "panel", "parameters", "part",
        "piece", "pixel", "place", "places", "plane", "point", "points", "position", "prepared", "product", "products", "rest", "result", "right", "rightOutput",
        "row", "rowBegin", "rowEnd", "rowPhase", "rowTap", "rowTarget", "rows", "sample", "sampleLosses", "sampleWeights", "samples", "scale",
        "scratch", "seed", "set", "sequence", "sequences", "sets", "share", "sharedBegin", "sharedEnd", "shift", "size", "slope", "spread", "squared", "squares", "squaresOfSamples", "stop", "strip", "sum", "sums", "taken", "tap", "taps",
        "target", "targets", "threshold", "tile", "top", "total", "transposed", "twice", "unbiased", "unbiasedBefore", "unit", "value", "variance", "w",
        "wanted", "wantedSum", "weight", "weightGradient", "window", "x", "y",
    };

    /// <summary>block1.dense1 → Block1Dense1</summary>
    public static string Pascal(string name) =>
        string.Concat(Visible(name).TrimStart('@').Split('.').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>block1.dense1 → block1Dense1</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }

    /// <summary>Without the characters that C# does not see in identifiers, such as soft hyphens.</summary>
    private static string Visible(string name) => string.Concat(name.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));

    /// <summary>A value's name as a parameter of a kernel: not one of those that kernels use themselves.</summary>
    public static string Argument(string name) => Camel(name) is var camel && Reserved.Contains(camel) || Numbered.IsMatch(camel) ? camel + "Value" : camel;
}
