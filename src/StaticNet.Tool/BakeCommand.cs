using System.CommandLine;
using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Serialization;

namespace StaticNet.Tool;

/// <summary><c>staticnet bake</c>.</summary>
internal static class BakeCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new Argument<string>("source") { Description = "Where the network is declared: a source file (.cs), a project (.csproj) or its folder, or a built assembly (.dll)" };
        var network = new Option<string?>("--network") { Description = "The name of the class that has the weights, an inference twin for example, if there are several" };
        var weights = new Option<FileInfo>("--weights") { Description = "The weights (.safetensors)", Required = true };
        var file = new Option<FileInfo?>("--out", "-o") { Description = "The file to write; that of the weights with the ending .baked if it is left out" };
        var command = new Command(
            "bake",
            """
            Writes weights in the layout of a network's kernels, so that nothing is parsed when a program loads them.

            Examples:
              staticnet bake MyApp.csproj --network DigitsModel --weights digits.safetensors
              staticnet bake bin/Release/net10.0/MyApp.dll --network DigitsModel --weights digits.safetensors -o digits.baked
            """)
        {
            source, network, weights, file,
        };
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            var declared = NetworkReader.Read(result.GetRequiredValue(source), result.GetValue(network));
            var from = result.GetRequiredValue(weights).FullName;
            var path = result.GetValue(file)?.FullName ?? Path.ChangeExtension(from, ".baked");
            WeightBaker.Save(declared, Safetensors.Load(from), path);
            console.MarkupLineInterpolated($"wrote [green]{Path.GetRelativePath(Environment.CurrentDirectory, path)}[/], the weights of {declared.Name}");
            return ExitCode.Done;
        }));
        return command;
    }
}
