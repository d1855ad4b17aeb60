using System.CommandLine;
using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Serialization;

namespace StaticNet.Tool;

/// <summary><c>staticnet export</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new Argument<string>("source") { Description = "Where the network is declared: a source file (.cs), a project (.csproj) or its folder, or a built assembly (.dll)" };
        var network = new Option<string?>("--network") { Description = "The name of the class, if there are several networks" };
        var weights = new Option<FileInfo>("--weights") { Description = "The weights (.safetensors)", Required = true };
        var file = new Option<FileInfo?>("--out", "-o") { Description = "The file to write; NAME.onnx with the name of the class if it is left out" };
        var command = new Command(
            "export",
            """
            Writes a network with its weights as an ONNX model.

            Examples:
              staticnet export Digits.cs --weights digits.safetensors
              staticnet export MyApp.csproj --network Digits --weights digits.safetensors -o digits.onnx
              staticnet export bin/Release/net10.0/MyApp.dll --network MyApp.Digits --weights digits.safetensors
            """)
        {
            source, network, weights, file,
        };
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            var declared = NetworkReader.Read(result.GetRequiredValue(source), result.GetValue(network));
            var path = result.GetValue(file)?.FullName ?? $"{declared.Name}.onnx";
            OnnxExporter.Save(declared, Safetensors.Load(result.GetRequiredValue(weights).FullName), path);
            console.MarkupLineInterpolated($"wrote [green]{Path.GetRelativePath(Environment.CurrentDirectory, path)}[/]");
            return ExitCode.Done;
        }));
        return command;
    }
}
