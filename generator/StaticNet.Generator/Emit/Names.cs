using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Emit;

/// <summary>Names of layers and values as C# names.</summary>
internal static class Names
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "parameters", "gradients", "transposed", "sampleLosses", "targets", "sampleWeights", "scale", "samples", "rows", "firstSample",
        "dropoutSeed", "dropoutEnabled", "accumulate", "begin", "end", "row", "lane", "sample", "weight", "bias", "k", "x", "i", "tile",
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
    public static string Argument(string name) => Camel(name) is var camel && Reserved.Contains(camel) ? camel + "Value" : camel;
}
