using System.Diagnostics;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>The system's Python, where it is.</summary>
internal static class Python
{
    public const string Path = "/usr/bin/python3";

    /// <summary>Whether it has a package.</summary>
    public static bool Has(string package) => File.Exists(Path) && Run("-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)").Code == 0;

    /// <summary>Runs Python on one thread.</summary>
    /// <returns>Its exit code, and what it wrote of errors.</returns>
    public static (int Code, string Text) Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs Python on one thread with more variables in its environment.</summary>
    /// <returns>Its exit code, and what it wrote of errors.</returns>
    public static (int Code, string Text) Run((string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var text = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
