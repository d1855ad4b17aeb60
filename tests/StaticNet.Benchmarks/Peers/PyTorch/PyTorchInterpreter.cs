using System.ComponentModel;
using System.Diagnostics;

namespace StaticNet.Benchmarks.Peers.PyTorch;

/// <summary>A Python that has PyTorch.</summary>
/// <param name="Command">Its command.</param>
/// <param name="Description">The version of PyTorch, and the library that it multiplies with.</param>
internal sealed record PyTorchInterpreter(string Command, string Description)
{
    private const string Variable = "STATICNET_PYTHON";

    /// <summary>What to tell when there is none.</summary>
    public const string HowToGetIt = $"""
        PyTorch was not found; it is left out. To get it: apt-get install python3-torch libopenblas0-serial, or pip install torch.
        {Variable} may name the Python that has it.
        """;

    // PyTorch is as fast as the BLAS library that it has loaded, so that is told with it.
    private const string Probe = """
        import os, torch
        maps = open('/proc/self/maps').read().split() if os.path.exists('/proc/self/maps') else []
        blas = {os.path.basename(os.path.realpath(m)) for m in maps if any(n in m for n in ('libblas', 'blis', 'mkl', 'openblas'))}
        optimised = not blas or any(n in m for m in blas for n in ('blis', 'mkl', 'openblas'))
        print(torch.__version__, '(BLAS: %s)' % (', '.join(sorted(blas)) or 'its own'), '' if optimised else
              '\nThat is the reference BLAS, many times slower than PyTorch can be: its times flatter ours.')
        """;

    /// <summary>The version of PyTorch.</summary>
    public string Version => Description.Split(' ')[0];

    /// <summary>Tries the Python of the environment variable, then the usual ones; null: none has PyTorch.</summary>
    public static PyTorchInterpreter? Find()
    {
        foreach (var candidate in Candidates())
        {
            if (Ask(candidate) is { } description)
                return new PyTorchInterpreter(candidate, description);
        }

        return null;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return [named];
        return OperatingSystem.IsWindows() ? ["python"] : ["python3", "/usr/bin/python3"];
    }

    private static string? Ask(string candidate)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(candidate, ["-c", Probe])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer : null;
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return null;
        }
    }
}
