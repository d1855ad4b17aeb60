using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Tests;

/// <summary>Names that generated code uses itself, drawn at random and always the same way: what a user may call anything.</summary>
/// <param name="seed">The seed.</param>
internal sealed class DrawnNames(int seed)
{
    private static readonly Lazy<string[]> Identifiers = new(() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests/StaticNet.Generator.Tests/Baselines"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)
            // With these names C# itself takes the user's in place of its own.
            .Where(name => name is not ("var" or "nameof")).Distinct().Order(StringComparer.Ordinal)]);

    private static readonly string[] Keywords = [.. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText).Where(text => char.IsLetter(text[0]) && !text.StartsWith("__", StringComparison.Ordinal))];

    private readonly Random _random = new(seed);

    /// <summary>All identifiers of the baselines.</summary>
    public static IReadOnlyList<string> All => Identifiers.Value;

    /// <summary>A name, without the mark of those that are keywords; three in four are locals, arguments, methods or types.</summary>
    public string Next() => _random.Next(8) == 0 ? Keywords[_random.Next(Keywords.Length)] : Identifiers.Value[_random.Next(Identifiers.Value.Length)];

    /// <summary>A name with a small first letter: what arguments and locals are called.</summary>
    public string NextLocal()
    {
        var name = Next();
        while (!char.IsLower(name[0]))
            name = Next();
        return name;
    }

    /// <summary>One of some.</summary>
    public T OneOf<T>(params IReadOnlyList<T> some) => some[_random.Next(some.Count)];
}
