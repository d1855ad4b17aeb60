using System.CommandLine;
using Spectre.Console;
using StaticNet.Tool;

namespace StaticNet.Onnx.Tests.Tool;

/// <summary>What a shell is told.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("staticnet ve", "verify", "--version")]
    [InlineData("staticnet bench --s", "--seconds")]
    [InlineData("staticnet completions ", "bash", "pwsh", "zsh")]
    public void Words_are_completed(string line, params string[] expected) => Assert.Equal(expected, Suggested(line).Where(word => word is not ("-?" or "-h" or "/?" or "/h" or "--help")));

    [Fact]
    public void Networks_of_the_source_are_completed()
    {
        var folder = Directory.CreateTempSubdirectory("StaticNet").FullName;
        File.WriteAllText(Path.Combine(folder, "Nets.cs"), "using StaticNet;\n[Network, Input(3), Dense(2)] public partial class First;\n[Network, Input(3), Dense(2)] public partial class Second;");

        Assert.All(["verify", "bake", "inspect"], command => Assert.Equal(["First", "Second"], Suggested($"staticnet {command} {folder} --network ")));
        Assert.Empty(Suggested("staticnet verify missing.cs --network "));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _staticnet staticnet")]
    [InlineData("zsh", "compdef _staticnet staticnet")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName staticnet")]
    public void Each_shell_has_a_script(string shell, string expected)
    {
        var run = CommandRun.Of("completions", shell);

        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains(expected, run.Text, StringComparison.Ordinal);
    }

    private static string[] Suggested(string line)
    {
        using var output = new StringWriter();
        ToolCommand.Create(AnsiConsole.Console).Parse([$"[suggest:{line.Length}]", line]).Invoke(new InvocationConfiguration { Output = output });
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
