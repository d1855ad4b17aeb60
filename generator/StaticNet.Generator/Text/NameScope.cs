using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Text;

/// <summary>The names of a method's arguments and locals, or of a class's members: each is given once.</summary>
/// <param name="taken">Names that are taken.</param>
internal sealed class NameScope(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>Takes a name, which may have been taken before.</summary>
    public void Take(string name) => _taken.Add(name);

    /// <summary>A name of its own: the one that is wanted, or that with an ending.</summary>
    /// <param name="wanted">The name, with or without the mark that keeps it from being a keyword.</param>
    /// <param name="ending">The ending, to which numbers are added until the name is free.</param>
    public string Add(string wanted, string ending = "Value")
    {
        wanted = wanted.TrimStart('@');
        var name = wanted;
        for (var number = 1; !_taken.Add(name); number++)
            name = wanted + ending + (number == 1 ? "" : Literal.Of(number));
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }
}
