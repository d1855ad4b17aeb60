using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StaticNet.Generator.Tests;

/// <summary>The generator's own source, to be read by tests of the generator's code.</summary>
internal static class GeneratorSource
{
    /// <summary>What the SDK imports in every file.</summary>
    private const string Imports = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly string Project = Path.Combine(Repository.Root, "generator", "StaticNet.Generator");

    /// <summary>The texts of its files, those of the library that it compiles too, by their paths in the project with slashes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = Read();

    private static readonly Lazy<CSharpCompilation> Compiled = new(() => Compile(Files));

    /// <summary>All files, compiled once for all tests.</summary>
    public static CSharpCompilation Compilation => Compiled.Value;

    /// <summary>Compiles the files of a project.</summary>
    /// <param name="sources">The files, by their paths in the project with slashes.</param>
    /// <exception cref="InvalidOperationException">They do not compile, so that names mean nothing.</exception>
    public static CSharpCompilation Compile(IEnumerable<KeyValuePair<string, string>> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("StaticNet.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "Project",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Value, options, source.Key)).Append(CSharpSyntaxTree.ParseText(Imports, options)),
            assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error
            ? throw new InvalidOperationException(error.ToString())
            : compilation;
    }

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
