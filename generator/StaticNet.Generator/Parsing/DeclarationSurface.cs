using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Parsing;

/// <summary>
/// What other files can change for a network: everything that is declared, but not what is in the bodies of methods. Compilations that
/// differ in bodies only have the same surface, so an editor's keystroke in a method leaves all networks as they were read.
/// </summary>
internal sealed class DeclarationSurface
{
    /// <summary>The compilations of other projects, or from before an undo, that are remembered.</summary>
    private const int Remembered = 8;

    private static readonly ConditionalWeakTable<Compilation, DeclarationSurface> Known = new();

    private static readonly List<(WeakReference<Compilation> Compilation, DeclarationSurface Surface)> Recent = [];

    private readonly ConditionalWeakTable<SyntaxTree, Dictionary<(int, string), ParseResult>> _results = new();

    private DeclarationSurface()
    {
    }

    /// <summary>The surface of a compilation: the same object for each that declares the same.</summary>
    public static DeclarationSurface Of(Compilation compilation)
    {
        lock (Recent)
        {
            if (Known.TryGetValue(compilation, out var known))
                return known;
            Recent.RemoveAll(pair => !pair.Compilation.TryGetTarget(out _));
            var index = Recent.FindIndex(pair => pair.Compilation.TryGetTarget(out var other) && IsSame(other, compilation));
            var surface = index >= 0 ? Recent[index].Surface : new DeclarationSurface();
            if (index >= 0)
                Recent.RemoveAt(index);
            Recent.Insert(0, (new WeakReference<Compilation>(compilation), surface));
            if (Recent.Count > Remembered)
                Recent.RemoveAt(Remembered);
            Known.Add(compilation, surface);
            return surface;
        }
    }

    /// <summary>What was read of a declaration while everything was declared as it is now; otherwise it is read.</summary>
    /// <param name="declaration">The declaration; its file is unchanged if it is the same object.</param>
    /// <param name="marker">The attribute for which it is read.</param>
    /// <param name="read">Reads it.</param>
    public ParseResult Result(SyntaxNode declaration, string marker, Func<ParseResult> read)
    {
        var (tree, place) = (declaration.SyntaxTree, (declaration.SpanStart, marker));
        var results = _results.GetValue(tree, static _ => []);
        lock (results)
        {
            if (results.TryGetValue(place, out var known))
                return known;
        }

        var result = read();
        // What is reported in another file may move there without a change of what is declared.
        if (result.Diagnostics.All(diagnostic => diagnostic.Location.SourceTree == tree))
        {
            lock (results)
                results[place] = result;
        }

        return result;
    }

    /// <summary>Whether two compilations declare the same: the same references and options, and files that differ in bodies and comments.</summary>
    private static bool IsSame(Compilation first, Compilation second)
    {
        if (first == second)
            return true;
        if (first.AssemblyName != second.AssemblyName || !Equals(first.Options, second.Options) || !first.ExternalReferences.SequenceEqual(second.ExternalReferences))
            return false;
        var (before, after) = (first.SyntaxTrees, second.SyntaxTrees);
        using var other = after.GetEnumerator();
        foreach (var tree in before)
        {
            if (!other.MoveNext() || (tree != other.Current && !(Equals(tree.Options, other.Current.Options) && tree.FilePath == other.Current.FilePath && SyntaxFactory.AreEquivalent(tree, other.Current, topLevel: true))))
                return false;
        }

        return !other.MoveNext();
    }
}
