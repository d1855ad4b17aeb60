using System.Diagnostics;

namespace StaticNet.Generator.Tests;

/// <summary>The generator inside a real build.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-build-").FullName;

    [Fact]
    public void EmitCompilerGeneratedFiles_writes_the_files()
    {
        const string source = "[StaticNet.Network][StaticNet.Input(4)][StaticNet.Dense(3)] partial class Net;";
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Net.cs", source);
        Write("Tiny.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                <CompilerGeneratedFilesOutputPath>Generated</CompilerGeneratedFilesOutputPath>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="Net.cs" />
                <Reference Include="{typeof(DenseAttribute).Assembly.Location}" />
                <Analyzer Include="{typeof(NetworkGenerator).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);

        var (exitCode, output) = Build();

        Assert.True(exitCode == 0, output);
        var written = Directory.GetFiles(Path.Combine(_folder, "Generated", "StaticNet.Generator", "StaticNet.Generator.NetworkGenerator"))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Assert.Equal(GeneratorHarness.Run(source).Files.OrderBy(file => file.Key, StringComparer.Ordinal), written.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private (int ExitCode, string Output) Build()
    {
        // No server may stay behind, and the environment of the test run is not the build's.
        var start = new ProcessStartInfo("dotnet", "build -m:1 -nodeReuse:false -p:UseSharedCompilation=false -v:q -nologo") { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildExtensionsPath");
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
