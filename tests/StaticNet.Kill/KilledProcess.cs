using System.Diagnostics;

namespace StaticNet.Kill;

/// <summary>A training in a process of its own.</summary>
internal sealed class KilledProcess : IDisposable
{
    private readonly Process _process;
    private volatile bool _hasBegun;

    public KilledProcess(string kind, string folder)
    {
        // Under "dotnet run" this is an executable of its own, under "dotnet StaticNet.Kill.dll" it is dotnet.
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
            start.ArgumentList.Add(typeof(KilledProcess).Assembly.Location);
        start.ArgumentList.Add(Program.TrainCommand);
        start.ArgumentList.Add(kind);
        start.ArgumentList.Add(folder);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _hasBegun |= line.Data == Training.Begun;
        _process.BeginOutputReadLine();
    }

    /// <summary>Whether at least one batch was trained with.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public void Finish()
    {
        _process.WaitForExit();
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The training ended with exit code {_process.ExitCode}.");
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
