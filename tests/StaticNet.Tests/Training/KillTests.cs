using System.Diagnostics;

namespace StaticNet.Tests.Training;

public class KillTests
{
    [Fact]
    public async Task A_training_that_is_killed_and_resumed_ends_with_the_same_bits()
    {
        // The program of tests/StaticNet.Kill, which takes more kills by hand.
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "StaticNet.Kill.dll"));
        start.ArgumentList.Add("4");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.Equal("", await errors);
        Assert.Contains("plain: killed 2 times in training", await output, StringComparison.Ordinal);
        Assert.Contains("varied: killed 2 times in training", await output, StringComparison.Ordinal);
        Assert.Equal(2, (await output).Split("their weights and histories equal the undisturbed one's").Length - 1);
        Assert.Equal(0, process.ExitCode);
    }
}
