using System.Text.RegularExpressions;

namespace StaticNet.Generator.Tests.Mistakes;

/// <summary>
/// docs/mistakes.md: the networks that all snippets use in its first block, then mistakes, each a block of code with a block of text
/// behind it that has what StaticNet says.
/// </summary>
internal sealed partial class MistakePage
{
    private static readonly string Place = Path.Combine(Repository.Root, "docs/mistakes.md");

    private readonly string _text = File.ReadAllText(Place).ReplaceLineEndings("\n");

    /// <summary>The declarations of networks that snippets use.</summary>
    public string Networks => CodeBlock().Match(_text).Groups["code"].Value;

    public IReadOnlyList<Mistake> Mistakes =>
    [
        .. CodeBlock().Matches(_text).Where(match => match.Groups["message"].Success).Select(match => new Mistake(
            Heading().Matches(_text[..match.Index])[^1].Groups[1].Value,
            match.Groups["language"].Value,
            match.Groups["code"].Value,
            match.Groups["message"].Value,
            match.Groups["message"].Index)),
    ];

    /// <summary>Blocks of code that no message follows, but for the networks.</summary>
    public int Unanswered => CodeBlock().Count(_text) - Mistakes.Count - 1;

    /// <summary>Puts another message into the page.</summary>
    public void Renew(Mistake mistake, string message)
    {
        var end = mistake.MessageStart + mistake.Message.Length;
        File.WriteAllText(Place, _text[..mistake.MessageStart] + message + _text[end..]);
    }

    [GeneratedRegex(@"^```(?<language>csharp|xml)\n(?<code>.*?)^```\n(?:\n```text\n(?<message>.*?)^```\n)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^### (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
