using System.Text;

namespace StaticNet.Importing;

/// <summary>Writes the declaration of a network as a C# file.</summary>
public static class DeclarationWriter
{
    private const int LineWidth = 130;

    /// <summary>Writes the file.</summary>
    /// <param name="network">The declaration.</param>
    /// <returns>The text with line feeds.</returns>
    public static string Write(NetworkDeclaration network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new StringBuilder("using StaticNet;\n");
        if (network.Namespace is { } space)
            text.Append("\nnamespace ").Append(space).Append(";\n");
        foreach (var block in network.Blocks)
        {
            text.Append('\n');
            WriteDocumentation(text, block.Summary, []);
            WriteLayers(text, block.Layers);
            text.Append("internal class ").Append(block.ClassName).Append(";\n");
        }

        text.Append('\n');
        WriteDocumentation(text, network.Summary, network.Remarks);
        text.Append("[Network]\n");
        WriteLayers(text, network.Layers);
        return text.Append("public sealed partial class ").Append(network.ClassName).Append(";\n").ToString();
    }

    private static void WriteLayers(StringBuilder text, IReadOnlyList<AttributeDeclaration> layers)
    {
        foreach (var layer in layers)
            WriteWrapped(text, layer.ToString(), "    ");
    }

    /// <summary>Lines end after a comma where they would be too long.</summary>
    private static void WriteWrapped(StringBuilder text, string line, string indent)
    {
        while (line.Length > LineWidth && line.LastIndexOf(", ", LineWidth - 1, StringComparison.Ordinal) is var comma && comma > indent.Length)
        {
            text.Append(line, 0, comma + 1).Append('\n');
            line = indent + line[(comma + 2)..];
        }

        text.Append(line).Append('\n');
    }

    private static void WriteDocumentation(StringBuilder text, string summary, IReadOnlyList<string> remarks)
    {
        if (summary.Length > 0)
            text.Append("/// <summary>").Append(Escaped(summary)).Append("</summary>\n");
        if (remarks.Count == 0)
            return;
        text.Append("/// <remarks>\n");
        foreach (var remark in remarks)
            text.Append("/// <para>").Append(Escaped(remark)).Append("</para>\n");
        text.Append("/// </remarks>\n");
    }

    private static string Escaped(string text) => string.Concat(text.Select(letter => letter switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        _ when char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' => " ",
        _ => letter.ToString(),
    }));
}
