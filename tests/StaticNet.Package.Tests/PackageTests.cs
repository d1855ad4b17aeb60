using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StaticNet.Package.Tests;

/// <summary>What a user gets from the package.</summary>
[Collection(PackedOnce.Name)]
public class PackageTests(PackedLibrary packed, OlderFrameworks older) : IClassFixture<OlderFrameworks>
{
    public static TheoryData<string, string> Older
    {
        get
        {
            var projects = new TheoryData<string, string>();
            foreach (var (package, framework) in OlderFrameworks.Projects)
                projects.Add(package, framework);
            return projects;
        }
    }

    [Theory]
    [InlineData("lib/net10.0/StaticNet.dll")]
    [InlineData("lib/net10.0/StaticNet.xml")]
    [InlineData("analyzers/dotnet/cs/StaticNet.Generator.dll")]
    [InlineData("analyzers/dotnet/cs/StaticNet.CodeFixes.dll")]
    [InlineData("buildTransitive/net10.0/StaticNet.targets")]
    [InlineData("build/net10.0/StaticNet.targets")]
    [InlineData("docs/diagnostics/SN0001.md")]
    [InlineData("README.md")]
    [InlineData("icon.png")]
    public void Holds(string file)
    {
        using var package = ZipFile.OpenRead(packed.File);

        Assert.True(package.GetEntry(file)?.Length > 0, $"{file} is not among {string.Join(", ", package.Entries)}.");
    }

    [Fact]
    public void Depends_on_System_Numerics_Tensors_only()
    {
        using var package = ZipFile.OpenRead(packed.File);
        using var stream = package.Entries.Single(entry => entry.FullName == "StaticNet.nuspec").Open();
        var dependencies = XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "dependency");

        Assert.Equal(["System.Numerics.Tensors"], dependencies.Select(element => element.Attribute("id")!.Value));
    }

    [Fact]
    public void Training_forces_no_version_on_programs_that_have_one_of_their_own()
    {
        using var package = ZipFile.OpenRead(Path.Combine(packed.Packages, $"StaticNet.Training.{packed.Version}.nupkg"));
        using var stream = package.Entries.Single(entry => entry.FullName == "StaticNet.Training.nuspec").Open();
        var dependencies = XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "dependency");

        // Programs have the abstractions of logging themselves, in a version that is still served: the oldest of those is asked for.
        Assert.Equal(
            ["BitMiracle.LibJpeg.NET", "Microsoft.Extensions.Logging.Abstractions 8.0.0", "StaticNet"],
            dependencies.Select(element => element.Attribute("id")!.Value is var id && id.StartsWith("Microsoft.", StringComparison.Ordinal) ? $"{id} {element.Attribute("version")!.Value}" : id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Has_an_icon_a_licence_and_release_notes()
    {
        using var package = ZipFile.OpenRead(packed.File);
        using var stream = package.Entries.Single(entry => entry.FullName == "StaticNet.nuspec").Open();
        var values = XDocument.Load(stream).Descendants().Where(element => !element.HasElements).ToLookup(element => element.Name.LocalName, element => element.Value);

        Assert.Equal("icon.png", values["icon"].Single());
        Assert.Equal("MIT", values["license"].Single());
        Assert.Contains("networks declared with attributes", values["releaseNotes"].Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("Keep a Changelog", values["releaseNotes"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_of_its_pages_lead_to_pages_of_the_package()
    {
        using var package = ZipFile.OpenRead(packed.File);
        var files = package.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        var links = 0;
        foreach (var entry in package.Entries.Where(entry => entry.FullName.StartsWith("docs/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            foreach (Match link in Regex.Matches(reader.ReadToEnd(), @"\]\(([^):#]+\.md)"))
            {
                var target = new Uri(new Uri($"http://package/{entry.FullName}"), link.Groups[1].Value).AbsolutePath[1..];
                Assert.True(files.Contains(target), $"{entry.FullName} leads to {target}, which is not in the package.");
                links++;
            }
        }

        Assert.True(links > 50);
    }

    [Fact]
    public void Links_of_its_readme_lead_nowhere_outside_the_package()
    {
        using var package = ZipFile.OpenRead(packed.File);
        using var reader = new StreamReader(package.GetEntry("README.md")!.Open());
        var text = reader.ReadToEnd();

        Assert.DoesNotMatch(@"\]\((?!https?:|#)", text);
        var plain = Regex.Replace(File.ReadAllText(Path.Combine(packed.Sources, "README.md")), @"\[([^\]]*)\]\((?!\w+:|#)[^)]*\)", "$1");
        Assert.Equal(plain.ReplaceLineEndings("\n").Trim(), text.ReplaceLineEndings("\n").Trim());
    }

    /// <summary>Assemblies do not depend on the folder that they were built in, and say nothing of it; their symbols are inside.</summary>
    [Theory]
    [InlineData("lib/net10.0/StaticNet.dll")]
    [InlineData("analyzers/dotnet/cs/StaticNet.Generator.dll")]
    [InlineData("analyzers/dotnet/cs/StaticNet.CodeFixes.dll")]
    public void Does_not_carry_the_folder_that_it_was_built_in(string file)
    {
        using var package = ZipFile.OpenRead(packed.File);
        using var bytes = new MemoryStream();
        using (var stream = package.GetEntry(file)!.Open())
            stream.CopyTo(bytes);
        bytes.Position = 0;
        using var assembly = new PEReader(bytes);
        var symbols = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        var reader = provider.GetMetadataReader();
        var documents = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToArray();

        Assert.Contains(documents, document => document.StartsWith("/_/", StringComparison.Ordinal) && document.EndsWith(".cs", StringComparison.Ordinal));
        Assert.DoesNotContain(documents, document => document.Contains("staticnet-package-", StringComparison.Ordinal));
        Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf("staticnet-package-"u8));
    }

    [Theory]
    [MemberData(nameof(Older))]
    public void A_project_of_an_older_framework_is_told_which_are_served(string package, string framework)
    {
        Assert.Matches(
            $@"{Regex.Escape(OlderFrameworks.ProjectOf(package, framework)).Replace("/", @"[/\\]", StringComparison.Ordinal)} : error NU1202: Package {Regex.Escape(package)} {Regex.Escape(packed.Version)} is not compatible with {Regex.Escape(framework)} .*supports: net10\.0",
            older.Log);
    }

    [Fact]
    public void An_older_framework_is_told_as_the_page_of_mistakes_has_it()
    {
        var message = File.ReadLines(Path.Combine(packed.Sources, "docs", "mistakes.md")).Single(line => line.StartsWith("error NU1202", StringComparison.Ordinal));

        Assert.Contains(message.Replace("0.1.0", packed.Version, StringComparison.Ordinal), older.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_references_it_builds_and_runs()
    {
        var folder = Path.Combine(packed.Folder, "user");
        packed.WriteProject(folder, "StaticNet", "net10.0");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using System;
            using StaticNet;

            var network = new Sum();
            float[] input = [1, 2, 3];
            float[] output = [0];
            network.Weights.Edit().Fill(0);
            Sum.ParameterTable.Parameters[0].Pack([4, 5, 6], network.Weights.Edit());
            network.Forward(input, output);
            Console.WriteLine($"The sum is {output[0]}.");

            [Network]
            [Input(3)]
            [Dense(1)]
            public sealed partial class Sum;
            """);

        string Build(string configuration) =>
            DotnetCommand.Run(folder, "build", "-c", configuration, "-o", Path.Combine(folder, "out"), "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:EmitCompilerGeneratedFiles=true", "-p:StaticNetVectorWidths=\"256;512\"");
        string WidthsOf(string property) => DotnetCommand.Run(folder, "msbuild", "-getProperty:StaticNetVectorWidths", property).Trim();

        // A warning even where warnings are errors.
        Assert.Contains("warning SN0038: Sum is compiled without optimisation", Build("Debug"), StringComparison.Ordinal);
        Assert.DoesNotContain("SN0038", Build("Release"), StringComparison.Ordinal);
        Assert.Equal("The sum is 32.", DotnetCommand.Run(folder, Path.Combine("out", "User.dll")).Trim());
        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*.g.cs", SearchOption.AllDirectories), file => file.EndsWith("Sum.Vector128.g.cs", StringComparison.Ordinal));
        Assert.Contains(Directory.EnumerateFiles(folder, "*.g.cs", SearchOption.AllDirectories), file => file.EndsWith("Sum.Forward.g.cs", StringComparison.Ordinal));
        Assert.Equal("128,256,512", WidthsOf("-p:Optimize=true"));
        Assert.Equal("256,512", WidthsOf("-p:RuntimeIdentifier=linux-x64"));
        Assert.Equal("256,512", WidthsOf("-p:PlatformTarget=x64"));
        Assert.Equal("128", WidthsOf("-p:RuntimeIdentifier=osx-arm64"));
        Assert.Equal("256", WidthsOf("-p:StaticNetVectorWidths=256"));
    }
}
