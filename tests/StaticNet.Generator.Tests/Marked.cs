using Microsoft.CodeAnalysis.Text;

namespace StaticNet.Generator.Tests;

/// <summary>Source text in which <c>[|…|]</c> marks where diagnostics are expected.</summary>
internal sealed record Marked(string Source, IReadOnlyList<TextSpan> Spans)
{
    public static Marked Parse(string text)
    {
        var source = new System.Text.StringBuilder();
        var starts = new Stack<int>();
        var spans = new List<TextSpan>();
        for (var index = 0; index < text.Length; index++)
        {
            var two = text.AsSpan(index, Math.Min(2, text.Length - index));
            if (two is "[|")
                starts.Push(source.Length);
            else if (two is "|]")
                spans.Add(TextSpan.FromBounds(starts.Pop(), source.Length));
            else
            {
                source.Append(text[index]);
                continue;
            }

            index++;
        }

        return new Marked(source.ToString(), [.. spans.OrderBy(span => span.Start)]);
    }
}
