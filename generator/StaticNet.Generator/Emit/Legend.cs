using System.Text.RegularExpressions;

namespace StaticNet.Generator.Emit;

/// <summary>Explains the words that kernels use, at the top of their file.</summary>
internal static class Legend
{
    private static readonly (Regex Word, string Line)[] Entries =
    [
        Entry("lanes?|Lanes?", "lane     one float of a vector: an output, a channel, a feature or a pixel of a row"),
        Entry("panels?|Panels?", "panel    16 adjacent lanes; a weight is stored panel by panel of its outputs, each with a row of 16 floats per input"),
        Entry("rows?|Rows?", "row      the elements along a value's last axis, padded to whole panels"),
        Entry("sample|samples", "sample   one input of the network, and what layers compute from it; several are stored one after the other"),
        Entry("image|images", "image    one sample of a value with pixels"),
        Entry("line|lines", "line     consecutive pixels of an image"),
        Entry("taps?|Taps?", "tap      one element of a window, and its place in the weight"),
        Entry("tiles?|Tiles?", "tile     the part of a result whose sums are in registers at the same time"),
        Entry("place|places", "place    the number of floats from a reference to an element"),
        Entry("sum[0-9][0-9]", "sum12    register 2 of row, pixel or channel 1 of a tile"),
        Entry("[a-d][0-9]", "a0, b0   partial sums of register 0, which do not depend on each other"),
    ];

    /// <summary>The lines of comment that explain the words of a text; none where it has none of them.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var lines = Entries.Where(entry => entry.Word.IsMatch(text)).Select(entry => "//   " + entry.Line).ToArray();
        return lines.Length == 0 ? [] : lines.Prepend("// Terms in this file:");
    }

    private static (Regex Word, string Line) Entry(string word, string line) => (new Regex($@"\b({word})\b"), line);
}
