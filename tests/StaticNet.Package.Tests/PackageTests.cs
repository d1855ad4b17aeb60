using System.IO.Compression;
using System.Xml.Linq;

namespace StaticNet.Package.Tests;

/// <summary>What a user gets from the package.</summary>
[Collection(PackedOnce.Name)]
public class PackageTests(PackedLibrary packed)
{
    [Theory]
    [InlineData("lib/net10.0/StaticNet.dll")]
    [InlineData("lib/net10.0/StaticNet.xml")]
    [InlineData("analyzers/dotnet/cs/StaticNet.Generator.dll")]
    [InlineData("buildTransitive/StaticNet.targets")]
    [InlineData("build/StaticNet.targets")]
    [InlineData("README.md")]
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
    public void A_project_that_references_it_builds_and_runs()
    {
        var folder = Path.Combine(packed.Folder, "user");
        Directory.CreateDirectory(folder);
        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
        // This source comes on top of those that the machine has.
        Write("nuget.config", $"""<configuration><packageSources><add key="packed" value="{packed.Packages}" /></packageSources></configuration>""");
        Write("User.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(packed.Folder, "cache")}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="StaticNet" Version="{packed.Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", """
            using System;
            using StaticNet;

            var network = new Sum();
            float[] input = [1, 2, 3];
            float[] output = [0];
            network.Weights.Span.Fill(0);
            Sum.ParameterTable.Parameters[0].Pack([4, 5, 6], network.Weights.Span);
            network.Forward(input, output);
            Console.WriteLine($"The sum is {output[0]}.");

            [Network]
            [Input(3)]
            [Dense(1)]
            public sealed partial class Sum;
            """);

        DotnetCommand.Run(folder, "build", "-c", "Release", "-o", Path.Combine(folder, "out"), "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        var output = DotnetCommand.Run(folder, Path.Combine("out", "User.dll"));

        Assert.Equal("The sum is 32.", output.Trim());
    }
}
