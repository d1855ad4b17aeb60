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
        {
            if (layer.Comment is { Length: > 0 } comment)
                text.Append("// ").Append(OneLine(comment)).Append('\n');
            WriteWrapped(text, layer.ToString(), "    ");
        }
    }

    /// <summary>Lines end after a comma where they would be too long.</summary>
    private static void WriteWrapped(StringBuilder text, string line, string indent)
    {
        while (line.Length > LineWidth && LastBreak(line) is var comma && comma > indent.Length)
        {
            text.Append(line, 0, comma + 1).Append('\n');
            line = indent + line[(comma + 2)..];
        }

        text.Append(line).Append('\n');
    }

    /// <summary>The last comma of a line's width that is not part of a text.</summary>
    private static int LastBreak(string line)
    {
        var (last, isText) = (-1, false);
        for (var index = 0; index < LineWidth; index++)
        {
            if (line[index] == '"' && line[index - 1] != '\\')
                isText = !isText;
            else if (line[index] == ',' && line[index + 1] == ' ' && !isText)
                last = index;
        }

        return last;
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

    private static string Escaped(string text) =>
        OneLine(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Text from a file, without what would end the line.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' or '\u0085' ? ' ' : letter));
}
