using System.Xml.Linq;

namespace StaticNet.Generator.Tests;

/// <summary>The generator's own source, to be read by tests of the generator's code.</summary>
internal static class GeneratorSource
{
    private static readonly string Project = Path.Combine(Repository.Root, "generator", "StaticNet.Generator");

    /// <summary>The texts of its files, those linked from elsewhere too, by their paths in the project with slashes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = Read();

    private static Dictionary<string, string> Read()
    {
        var own = Directory.EnumerateFiles(Project, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Project, file).Replace('\\', '/'), File: file))
            .Where(source => source.Path.Split('/')[0] is not ("bin" or "obj"));
        var linked = XDocument.Load(Path.Combine(Project, "StaticNet.Generator.csproj")).Descendants("Compile")
            .Where(item => item.Attribute("Link") is not null)
            .Select(item => (Path: item.Attribute("Link")!.Value, File: Path.Combine(Project, item.Attribute("Include")!.Value)));
        return own.Concat(linked).ToDictionary(source => source.Path, source => File.ReadAllText(source.File), StringComparer.Ordinal);
    }
}
