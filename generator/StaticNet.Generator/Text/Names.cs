using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Text;

/// <summary>Names of layers and values as C# names.</summary>
internal static class Names
{
    /// <summary>block1.dense1 → Block1Dense1</summary>
    public static string Pascal(string name)
    {
        var pascal = new StringBuilder(name.Length);
        var isFirst = true;
        foreach (var character in Visible(name).TrimStart('@'))
        {
            if (character != '.')
                pascal.Append(isFirst ? char.ToUpperInvariant(character) : character);
            isFirst = character == '.';
        }

        return pascal.ToString();
    }

    /// <summary>block1.dense1 → block1Dense1</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        return SyntaxFacts.GetKeywordKind(camel) == SyntaxKind.None ? camel : "@" + camel;
    }

    /// <summary>Without the characters that C# does not see in identifiers, such as soft hyphens.</summary>
    private static string Visible(string name)
    {
        foreach (var character in name)
        {
            if (character > '\u007f' && char.GetUnicodeCategory(character) == UnicodeCategory.Format)
                return string.Concat(name.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        }

        return name;
    }

    /// <summary>A value's name as an argument of a kernel, which is named when the kernel is written.</summary>
    public static string Argument(string name) => Hole.Of(Camel(name));
}
