using System.Globalization;
using Microsoft.CodeAnalysis;

namespace StaticNet.CodeFixes;

/// <summary>Names for new classes.</summary>
internal static class FreeNames
{
    /// <summary>A name that no type of the project has: the one that is wanted, or else with a number.</summary>
    public static async Task<string> OfAsync(Document document, string wanted, CancellationToken cancellation)
    {
        var compilation = await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false);
        var name = wanted;
        for (var number = 2; compilation?.ContainsSymbolsWithName(name, SymbolFilter.Type, cancellation) == true; number++)
            name = wanted + number.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
