using System.CommandLine;
using Spectre.Console;
using StaticNet.Exporting;

namespace StaticNet.Tool;

/// <summary>The command <c>staticnet</c>.</summary>
internal static class ToolCommand
{
    /// <summary>The command with all that it can do.</summary>
    /// <param name="console">Where results and problems are written.</param>
    public static RootCommand Create(IAnsiConsole console) => new(
        """
        Imports models into StaticNet, exports networks, bakes weights, compares and measures networks, and says what is in files.

        Examples:
          staticnet inspect model.onnx
          staticnet import model.onnx -o Networks --namespace MyApp
          staticnet import my-amp.nam -o Networks
          staticnet import policy.onnx --output deterministic_continuous_actions
          staticnet export MyApp.csproj --network Digits --weights digits.safetensors
          staticnet bake MyApp.csproj --network DigitsModel --weights digits.safetensors
          staticnet verify MyApp.csproj --network Digits --weights digits.safetensors
          staticnet bench bin/Release/net10.0/MyApp.dll --network Digits
        """)
    {
        ImportCommand.Create(console),
        ExportCommand.Create(console),
        BakeCommand.Create(console),
        InspectCommand.Create(console),
        VerifyCommand.Create(console),
        BenchCommand.Create(console),
        CompletionsCommand.Create(console),
    };

    /// <summary>Runs a command; what goes wrong with files is said in a line.</summary>
    public static int Run(IAnsiConsole console, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Importing.ImportException e)
        {
            ProblemTable.Write(console, e.Problems);
            return ExitCode.Refused;
        }
        catch (ExportException e)
        {
            foreach (var problem in e.Problems)
                console.MarkupLineInterpolated($"[red]{problem}[/]");
            return ExitCode.Refused;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Serialization.SafetensorsException)
        {
            console.MarkupLineInterpolated($"[red]{e.Message}[/]");
            return ExitCode.File;
        }
    }
}
