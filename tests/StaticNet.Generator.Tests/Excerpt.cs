using System.Text.RegularExpressions;

namespace StaticNet.Generator.Tests;

/// <summary>
/// A piece of generated code as a document shows it: parts that stand in the file one after the other, with a line of
/// <c>// …</c> alone between two of them for what is left out. The first and the last line of a part say where it stands.
/// </summary>
internal static partial class Excerpt
{
    private const string Gap = "// …";

    /// <summary>The excerpt as the file has it now, from the first line of each part to its last.</summary>
    /// <param name="excerpt">The lines of the document.</param>
    /// <param name="file">The generated file.</param>
    /// <returns>The lines, indented as little as they can be; those of gaps as they are in the document.</returns>
    public static IReadOnlyList<string> Renewed(IReadOnlyList<string> excerpt, string file)
    {
        var lines = file.Split('\n');
        var renewed = new List<string>();
        var margin = int.MaxValue;
        var position = 0;
        for (var first = 0; first < excerpt.Count;)
        {
            if (excerpt[first].Trim() == Gap)
            {
                renewed.Add(excerpt[first++]);
                continue;
            }

            var last = first;
            while (last + 1 < excerpt.Count && excerpt[last + 1].Trim() != Gap)
                last++;
            var begin = Find(lines, position, excerpt[first], depth: null);
            var end = Find(lines, begin, excerpt[last], Indentation(lines[begin]) + Indentation(excerpt[last]) - Indentation(excerpt[first]));

            var part = lines[begin..(end + 1)];
            margin = Math.Min(margin, part.Where(line => line.Length > 0).Min(Indentation));
            renewed.AddRange(part);
            (first, position) = (last + 1, end + 1);
        }

        return [.. renewed.Select(line => line.Trim() == Gap || line.Length == 0 ? line : line[margin..])];
    }

    /// <summary>The place of a line; where it is not there any more, of one that differs in its numbers alone.</summary>
    private static int Find(string[] lines, int start, string text, int? depth)
    {
        int Where(Func<string, string> form) =>
            Array.FindIndex(lines, start, line => form(line.Trim()) == form(text.Trim()) && (depth is null || Indentation(line) == depth));
        var index = Where(line => line) is var exact and >= 0 ? exact : Where(line => Number().Replace(line, "0"));
        Assert.True(index >= 0, $"The generated file has no line \"{text.Trim()}\" here: write this line of the document anew.");
        return index;
    }

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"[\d,]*\d")]
    private static partial Regex Number();
}
