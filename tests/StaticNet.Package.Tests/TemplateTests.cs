using System.Text.RegularExpressions;

namespace StaticNet.Package.Tests;

/// <summary>The templates, from their package: installed into settings of their own, made into projects, built with the packages, and run.</summary>
[Collection(PackedOnce.Name)]
public partial class TemplateTests(PackedLibrary packed)
{
    [Fact]
    public void Each_template_becomes_a_project_that_builds_without_a_warning_and_runs()
    {
        var folder = Folder("templates");
        New(folder, "install", Package);
        New(folder, "staticnet", "-o", "Xor");
        New(folder, "staticnet-train", "-o", "my-flowers");
        New(folder, "staticnet-audio", "-o", "Drive");
        string[] names = ["Xor", "my-flowers", "Drive"];
        File.WriteAllText(Path.Combine(folder, "All.slnx"), $"<Solution>{string.Concat(names.Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");
        DotnetCommand.Run(folder, "build", "All.slnx", "-c", "Release", "-m:1", "-nodeReuse:false");

        Assert.Equal(["0 xor 0 = 0", "0 xor 1 = 1", "1 xor 0 = 1", "1 xor 1 = 0"], Lines(Built(folder, "Xor")));
        Assert.InRange(Number(AccuracyRegex(), Built(folder, "my-flowers")), 80, 100);
        Assert.InRange(Number(ErrorRegex(), Built(folder, "Drive")), 0, 10);
    }

    /// <summary>The commands are those of the page about templates.</summary>
    [NativeToolChainFact]
    public void Four_commands_lead_from_a_template_to_a_trained_program_compiled_ahead_of_time()
    {
        var folder = Folder("four-commands");
        var page = File.ReadAllText(Path.Combine(packed.Sources, "docs", "templates.md")).ReplaceLineEndings("\n");
        var commands = Lines(CommandsRegex().Match(page).Groups[1].Value);
        Assert.Equal(4, commands.Length);

        foreach (var words in commands.Select(command => command.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            Assert.Equal("dotnet", words[0]);
            if (words[1] == "new")
                New(folder, words[2..].Select(word => word == "StaticNet.Templates" ? Package : word));
            else
                DotnetCommand.Run(folder, words[1..]);
        }

        var picture = Lines(DotnetCommand.RunProgram(Path.Combine(folder, "out", "Moons"), folder));
        // In the middle of the first moon, and of the second.
        Assert.Equal('.', picture[3][18]);
        Assert.Equal('#', picture[11][32]);
    }

    private string Package => Path.Combine(packed.Packages, $"StaticNet.Templates.{packed.Version}.nupkg");

    /// <summary>An empty folder whose projects find the packages.</summary>
    private string Folder(string name)
    {
        var folder = Path.Combine(packed.Folder, name);
        packed.WriteSources(folder);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{packed.Cache}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
            </Project>
            """);
        return folder;
    }

    /// <summary>Runs <c>dotnet new</c> with templates of the folder's own.</summary>
    private static void New(string folder, params IEnumerable<string> arguments) => DotnetCommand.Run(folder, ["new", .. arguments, "--debug:custom-hive", Path.Combine(folder, "hive")]);

    private static string Built(string folder, string name) => DotnetCommand.Run(folder, Path.Combine(name, "bin", "Release", "net10.0", $"{name}.dll"));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Number(Regex regex, string text) => double.Parse(regex.Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Test accuracy: ([\d.]+) %")]
    private static partial Regex AccuracyRegex();

    [GeneratedRegex(@"Error-to-signal ratio: ([\d.]+) %")]
    private static partial Regex ErrorRegex();

    [GeneratedRegex(@"four commands:\n\n((?:    dotnet [^\n]*\n)+)")]
    private static partial Regex CommandsRegex();
}
