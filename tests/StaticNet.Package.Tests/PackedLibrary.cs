namespace StaticNet.Package.Tests;

/// <summary>The package, packed once into a temporary folder from a copy of the sources, so that no running build is disturbed.</summary>
public sealed class PackedLibrary : IDisposable
{
    private static readonly string[] Copied = ["src", "generator", "samples", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json", "README.md", "CHANGELOG.md", "LICENSE", "docs"];

    public PackedLibrary()
    {
        foreach (var name in Copied)
            Copy(Path.Combine(Repository.Root, name), Path.Combine(Sources, name));
        Directory.CreateDirectory(Packages);
        System.IO.File.WriteAllText(Path.Combine(Sources, "Packages.slnx"), """
            <Solution>
              <Project Path="generator/StaticNet.Generator/StaticNet.Generator.csproj" />
              <Project Path="generator/StaticNet.CodeFixes/StaticNet.CodeFixes.csproj" />
              <Project Path="src/StaticNet/StaticNet.csproj" />
              <Project Path="src/StaticNet.Training/StaticNet.Training.csproj" />
              <Project Path="src/StaticNet.Importing/StaticNet.Importing.csproj" />
              <Project Path="src/StaticNet.Audio/StaticNet.Audio.csproj" />
              <Project Path="src/StaticNet.Templates/StaticNet.Templates.csproj" />
            </Solution>
            """);
        // The build of the tests has analysed these sources.
        DotnetCommand.Run(
            Sources, "pack", "Packages.slnx", "-c", "Release", "-o", Packages, $"-p:Version={Version}", "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false");
    }

    /// <summary>A version that no cache holds.</summary>
    public string Version { get; } = $"0.1.0-test.{Random.Shared.Next()}";

    public string Folder { get; } = Directory.CreateTempSubdirectory("staticnet-package-").FullName;

    public string Sources => Path.Combine(Folder, "sources");

    public string Packages => Path.Combine(Folder, "packages");

    /// <summary>The package of the library.</summary>
    public string File => Path.Combine(Packages, $"StaticNet.{Version}.nupkg");

    /// <summary>Where projects and programs of the tests unpack packages.</summary>
    public string Cache => Path.Combine(Folder, "cache");

    /// <summary>Makes a folder whose projects find the packages; this source comes on top of those that the machine has.</summary>
    public void WriteSources(string folder)
    {
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""<configuration><packageSources><add key="packed" value="{Packages}" /></packageSources></configuration>""");
    }

    /// <summary>Makes a folder with a project that references a package.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="package">The package.</param>
    /// <param name="framework">The target framework.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="properties">Further properties, as XML.</param>
    public void WriteProject(string folder, string package, string framework, string name = "User", string properties = "")
    {
        WriteSources(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Cache}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(string source, string target)
    {
        if (System.IO.File.Exists(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            System.IO.File.Copy(source, target);
            return;
        }

        if (!Directory.Exists(source))
            return;
        foreach (var entry in Directory.EnumerateFileSystemEntries(source))
        {
            // What is generated of samples stays behind; the pages of docs/generated are written by hand.
            var name = Path.GetFileName(entry);
            if (name is not ("bin" or "obj") && (name != "generated" || Path.GetFileName(source) == "docs"))
                Copy(entry, Path.Combine(target, name));
        }
    }
}

/// <summary>The tests that share one package.</summary>
[CollectionDefinition(Name)]
public sealed class PackedOnce : ICollectionFixture<PackedLibrary>
{
    public const string Name = "packed";
}
