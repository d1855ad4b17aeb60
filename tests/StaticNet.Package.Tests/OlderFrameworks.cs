namespace StaticNet.Package.Tests;

/// <summary>Projects of frameworks that the packages do not serve, restored once and all together.</summary>
public sealed class OlderFrameworks
{
    /// <summary>The packages with the frameworks of the projects that ask for them.</summary>
    public static readonly (string Package, string Framework)[] Projects =
    [
        ("StaticNet", "net9.0"), ("StaticNet", "net8.0"), ("StaticNet", "netstandard2.1"), ("StaticNet", "net48"), ("StaticNet.Training", "net8.0"),
    ];

    public OlderFrameworks(PackedLibrary packed)
    {
        var folder = Path.Combine(packed.Folder, "older");
        foreach (var (package, framework) in Projects)
            packed.WriteProject(Path.Combine(folder, NameOf(package, framework)), package, framework, NameOf(package, framework));
        File.WriteAllText(
            Path.Combine(folder, "Older.slnx"),
            $"<Solution>{string.Concat(Projects.Select(project => $"<Project Path=\"{ProjectOf(project.Package, project.Framework)}\" />"))}</Solution>");

        (var exitCode, Log) = DotnetCommand.Try("dotnet", folder, "restore", "Older.slnx", "-nodeReuse:false");
        Assert.NotEqual(0, exitCode);
    }

    /// <summary>What restoring them wrote.</summary>
    public string Log { get; }

    /// <summary>The end of the path of a project.</summary>
    public static string ProjectOf(string package, string framework) => $"{NameOf(package, framework)}/{NameOf(package, framework)}.csproj";

    private static string NameOf(string package, string framework) => $"{package}-{framework}";
}
