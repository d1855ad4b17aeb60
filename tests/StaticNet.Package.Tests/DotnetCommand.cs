using System.Diagnostics;

namespace StaticNet.Package.Tests;

/// <summary>Runs programs as a user would from a shell.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs <c>dotnet</c>; another exit code than 0 fails the test.</summary>
    /// <returns>What it wrote, output and errors.</returns>
    public static string Run(string folder, params IEnumerable<string> arguments) => RunProgram("dotnet", folder, arguments);

    /// <summary>Runs any program; another exit code than 0 fails the test.</summary>
    public static string RunProgram(string program, string folder, params IEnumerable<string> arguments)
    {
        var (exitCode, output) = Try(program, folder, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Runs any program, which may fail.</summary>
    /// <returns>Its exit code, and what it wrote, output and errors.</returns>
    public static (int ExitCode, string Output) Try(string program, string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The settings of the test run's own build are not the user's, and no server may stay behind.
        foreach (var name in start.Environment.Keys.Where(IsOfTheBuild).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // Profiles of programs that run once cost time and come too late.
        start.Environment["DOTNET_TieredPGO"] = "0";

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static bool IsOfTheBuild(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) ||
        (name.StartsWith("DOTNET_", StringComparison.Ordinal) && (name.Contains("TESTHOST", StringComparison.Ordinal) || name.Contains("HOST_PATH", StringComparison.Ordinal)));
}
