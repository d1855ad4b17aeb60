using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace StaticNet.Importing;

/// <summary>Makes C# identifiers of names from other formats.</summary>
public static class Identifiers
{
    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(StringComparer.Ordinal,
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while");

    /// <summary>A name for a class: <c>mnist-mlp-bn</c> becomes <c>MnistMlpBn</c>.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="otherwise">The name if the text has no letter or digit.</param>
    /// <returns>An identifier that starts with an upper-case letter.</returns>
    public static string Pascal(string name, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(name);
        var identifier = new StringBuilder();
        var begins = true;
        foreach (var letter in name)
        {
            var isPart = char.IsAsciiLetterOrDigit(letter);
            if (isPart)
                identifier.Append(begins ? char.ToUpperInvariant(letter) : letter);
            begins = !isPart;
        }

        if (identifier.Length == 0)
            return otherwise;
        return char.IsAsciiDigit(identifier[0]) ? otherwise + identifier : identifier.ToString();
    }

    /// <summary>A name for a layer, an input or an output: <c>obs_0</c> becomes <c>obs0</c>.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="otherwise">The name if the text has no letter or digit; it starts with a lower-case letter.</param>
    /// <returns>An identifier that starts with a lower-case letter and is not a keyword.</returns>
    public static string Camel(string name, string otherwise)
    {
        var identifier = Pascal(name, otherwise);
        identifier = char.ToLowerInvariant(identifier[0]) + identifier[1..];
        return Keywords.Contains(identifier) ? identifier + "Value" : identifier;
    }

    /// <summary>Whether a name can be that of a class.</summary>
    /// <param name="name">Any text.</param>
    /// <returns>False for keywords too.</returns>
    public static bool IsValid(string name) => !string.IsNullOrEmpty(name) && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_') && !Keywords.Contains(name);

    /// <summary>The name itself, or with the first number at its end that makes it new.</summary>
    /// <param name="name">The name.</param>
    /// <param name="taken">The names that are in use; the new one is added.</param>
    /// <returns>A name that was not in use.</returns>
    public static string Unique(string name, ISet<string> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
            unique = name + number.ToString(CultureInfo.InvariantCulture);
        return unique;
    }
}
