using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace StaticNet.Package.Tests;

/// <summary>The sample with its weights in the executable, compiled ahead of time.</summary>
[Collection(PackedOnce.Name)]
public class NativeAotTests(PackedLibrary packed, ITestOutputHelper output)
{
    private const long MostBytes = 3_000_000;

    [NativeToolChainFact]
    public void The_embedded_model_is_small_complete_and_right()
    {
        var folder = Path.Combine(packed.Folder, "embedded");
        var log = DotnetCommand.Run(
            packed.Sources, "publish", Path.Combine("samples", "EmbeddedModel"), "-c", "Release", "-o", folder, "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false");

        Assert.DoesNotMatch(new Regex("warning (IL|AOT)", RegexOptions.IgnoreCase), log);
        var program = new FileInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "EmbeddedModel.exe" : "EmbeddedModel"));
        output.WriteLine($"{program.Length} bytes");
        Assert.InRange(program.Length, 1, MostBytes);

        var clock = Stopwatch.StartNew();
        var text = DotnetCommand.RunProgram(program.FullName, folder);
        output.WriteLine($"{clock.Elapsed.TotalMilliseconds:F1} ms from start to exit\n{text}");
        Assert.Contains("20 of 20 right", text, StringComparison.Ordinal);
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            Assert.Contains("AVX2, FMA", text, StringComparison.Ordinal);
    }
}

/// <summary>A test that needs a linker and zlib.</summary>
public sealed class NativeToolChainFactAttribute : FactAttribute
{
    private static readonly string[] Linkers = ["clang", "gcc"];

    public NativeToolChainFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux())
            Skip = "NativeAOT is tried on Linux only.";
        else if (!Linkers.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker)))))
            Skip = "There is no clang or gcc, which NativeAOT needs to link.";
        else if (!File.Exists("/usr/include/zlib.h"))
            Skip = "There is no zlib with its headers, which NativeAOT needs to link.";
    }
}
