using System.CommandLine;
using Spectre.Console;
using StaticNet.Exporting;

namespace StaticNet.Tool;

/// <summary><c>staticnet bake</c>.</summary>
internal static class BakeCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new NetworkSource("The weights (.safetensors)", needsWeights: true);
        var file = new Option<FileInfo?>("--out", "-o") { Description = "The file to write; that of the weights with the ending .baked if it is left out" };
        var command = new Command(
            "bake",
            """
            Writes weights in the layout of a network's kernels, so that nothing is parsed when a program loads them.

            Examples:
              staticnet bake MyApp.csproj --network DigitsModel --weights digits.safetensors
              staticnet bake bin/Release/net10.0/MyApp.dll --network DigitsModel --weights digits.safetensors -o digits.baked
            """);
        source.AddTo(command);
        command.Options.Add(file);
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            var declared = source.Read(result);
            var path = result.GetValue(file)?.FullName ?? Path.ChangeExtension(result.GetRequiredValue(source.WeightsOption)!.FullName, ".baked");
            WeightBaker.Save(declared, source.Weights(result)!, path);
            console.MarkupLineInterpolated($"wrote [green]{Path.GetRelativePath(Environment.CurrentDirectory, path)}[/], the weights of {declared.Name}");
            return ExitCode.Done;
        }));
        return command;
    }
}
