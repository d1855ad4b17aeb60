using System.Collections.Concurrent;
using System.Diagnostics;

namespace StaticNet.Kill;

/// <summary>A training or a search in a process of its own.</summary>
internal sealed class KilledProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    public KilledProcess(params ReadOnlySpan<string> arguments)
    {
        // Under "dotnet run" this is an executable of its own, under "dotnet StaticNet.Kill.dll" it is dotnet.
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
            start.ArgumentList.Add(typeof(KilledProcess).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _lines.Enqueue(line.Data);
        };
        _process.BeginOutputReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public void Finish()
    {
        _process.WaitForExit();
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The process ended with exit code {_process.ExitCode}.");
    }

    /// <summary>Kills it after some time, with a signal that no process can catch (SIGKILL).</summary>
    /// <returns>False if it had finished before.</returns>
    public bool KillAfter(TimeSpan time)
    {
        if (_process.WaitForExit(time))
        {
            Finish();
            return false;
        }

        _process.Kill();
        _process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
