using System.Xml.Linq;

namespace StaticNet.Generator.Tests;

/// <summary>The generator's own source, to be read by tests of the generator's code.</summary>
internal static class GeneratorSource
{
    private static readonly string Project = Path.Combine(Repository.Root, "generator", "StaticNet.Generator");

    /// <summary>The texts of its files, those of the library that it compiles too, by their paths in the project with slashes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = Read();

    private static Dictionary<string, string> Read()
    {
        var own = Directory.EnumerateFiles(Project, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Project, file).Replace('\\', '/'), File: file))
            .Where(source => source.Path.Split('/')[0] is not ("bin" or "obj"));
        var items = XDocument.Load(Path.Combine(Project, "StaticNet.Generator.csproj"));
        var linked = items.Descendants("Compile")
            .Where(item => item.Attribute("Link") is not null)
            .Select(item => (Path: item.Attribute("Link")!.Value, File: Path.Combine(Project, item.Attribute("Include")!.Value)));
        var shared = items.Descendants("Shared")
            .Select(item => item.Attribute("Include")?.Value).OfType<string>()
            .Select(file => (Path: "Vocabulary/" + Path.GetFileName(file), Text: AsVocabulary(File.ReadAllText(Path.Combine(Project, file)))));
        return own.Concat(linked).Select(source => (source.Path, Text: File.ReadAllText(source.File))).Concat(shared)
            .ToDictionary(source => source.Path, source => source.Text, StringComparer.Ordinal);
    }

    /// <summary>What the project's build makes of a file that both assemblies compile.</summary>
    private static string AsVocabulary(string text) => text
        .Replace("namespace StaticNet;", "namespace StaticNet.Generator.Vocabulary;", StringComparison.Ordinal)
        .Replace("public enum", "internal enum", StringComparison.Ordinal);
}
