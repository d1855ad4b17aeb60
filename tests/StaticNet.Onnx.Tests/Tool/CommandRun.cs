using Spectre.Console;
using StaticNet.Tool;

namespace StaticNet.Onnx.Tests.Tool;

/// <summary>A run of the command, and what it wrote.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Text">What it wrote, without colours, on lines as long as they are.</param>
internal sealed record CommandRun(int Code, string Text)
{
    public static CommandRun Of(params string[] arguments)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 1000;
        return new CommandRun(ToolCommand.Create(console).Parse(arguments).Invoke(), text.ToString());
    }
}
