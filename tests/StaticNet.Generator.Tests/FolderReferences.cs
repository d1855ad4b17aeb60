using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StaticNet.Generator.Tests;

/// <summary>A use, in one folder, of a symbol that another folder declares.</summary>
/// <param name="From">The folder that uses it.</param>
/// <param name="To">The folder that declares it.</param>
/// <param name="Place">The file and the line of the use.</param>
/// <param name="Symbol">The symbol.</param>
internal sealed record FolderReference(string From, string To, string Place, string Symbol);

/// <summary>
/// Finds the references between the folders of a project: every name in its source, with the file that declares what it means.
/// Also a member counts that is reached through <c>var</c>; names in comments do not.
/// </summary>
internal static class FolderReferences
{
    /// <summary>Where files stand that are in no folder.</summary>
    public const string Root = ".";

    /// <summary>Finds them.</summary>
    /// <param name="project">The project; what has no path is no file of it.</param>
    public static IReadOnlyList<FolderReference> In(CSharpCompilation project) =>
        [.. project.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).SelectMany(tree => In(tree, project.GetSemanticModel(tree))).Distinct()];

    /// <summary>The folder of the project that a file is in.</summary>
    public static string FolderOf(string path) =>
        path.IndexOf('/', StringComparison.Ordinal) is var end && end < 0 ? Root : path[..end];

    private static IEnumerable<FolderReference> In(SyntaxTree tree, SemanticModel model)
    {
        var from = FolderOf(tree.FilePath);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)
                || model.GetSymbolInfo(node).Symbol is not { } symbol || FileOf(symbol) is not { } file || FolderOf(file) == from)
                continue;
            var place = $"{tree.FilePath}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";
            yield return new FolderReference(from, FolderOf(file), place, symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
        }
    }

    /// <summary>The file that declares a symbol's type; null where that is not of the project.</summary>
    private static string? FileOf(ISymbol symbol)
    {
        var type = symbol is IMethodSymbol { ReducedFrom: { } extension }
            ? extension.ContainingType
            : symbol as INamedTypeSymbol ?? symbol.ContainingType;
        return type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
    }
}
