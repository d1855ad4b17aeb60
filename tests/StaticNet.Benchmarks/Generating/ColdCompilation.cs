using System.Diagnostics;

namespace StaticNet.Benchmarks.Generating;

/// <summary>Compiles a network in a process of its own, whose compiler has run nothing before.</summary>
internal static class ColdCompilation
{
    /// <summary>The argument by which a process compiles once.</summary>
    public const string Argument = "--compile-once";

    /// <summary>Starts the process.</summary>
    /// <param name="path">The network's source.</param>
    /// <param name="widths">The widths of vectors.</param>
    /// <returns>The processor times, in the place of the times.</returns>
    public static CompilationTimes Start(string path, string widths)
    {
        var program = Environment.ProcessPath!;
        // Under `dotnet Program.dll` the process is the host, which wants the program's path first.
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. host, Argument, path, widths]) { RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The process that compiles {path} ended with {process.ExitCode}.");
        var times = CompilationTimes.Parse(answer.Trim());
        return times with { Generated = times.GeneratedOfProcessor, Compiled = times.CompiledOfProcessor };
    }
}
