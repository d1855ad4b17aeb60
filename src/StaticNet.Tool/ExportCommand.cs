using System.CommandLine;
using Spectre.Console;
using StaticNet.Exporting.Onnx;
using StaticNet.Exporting.PyTorch;

namespace StaticNet.Tool;

/// <summary><c>staticnet export</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new NetworkSource("ONNX: the weights (.safetensors)", needsWeights: false);
        var twin = new Option<bool>("--pytorch") { Description = "Write a module of PyTorch with a script that trains it; the script reads and writes weights itself" };
        var file = new Option<FileInfo?>("--out", "-o") { Description = "The file to write; NAME.onnx or NAME.py with the name of the class if it is left out" };
        var command = new Command(
            "export",
            """
            Writes a network with its weights as an ONNX model, or as a module of PyTorch.

            Examples:
              staticnet export Digits.cs --weights digits.safetensors
              staticnet export MyApp.csproj --network Digits --weights digits.safetensors -o digits.onnx
              staticnet export bin/Release/net10.0/MyApp.dll --network MyApp.Digits --weights digits.safetensors
              staticnet export Digits.cs --pytorch -o digits.py
            """);
        source.AddTo(command);
        command.Options.Add(twin);
        command.Options.Add(file);
        command.Validators.Add(result =>
        {
            var (hasWeights, isTwin) = (result.GetResult(source.WeightsOption) is not null, result.GetValue(twin));
            if (!hasWeights && !isTwin)
                result.AddError("Expected --weights FILE for an ONNX model, which has its weights inside, or --pytorch.");
            if (hasWeights && isTwin)
                result.AddError("--weights is for ONNX models; the script that --pytorch writes reads weights itself, with its own option --weights.");
        });
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            var declared = source.Read(result);
            var path = result.GetValue(file)?.FullName ?? declared.Name + (result.GetValue(twin) ? ".py" : ".onnx");
            if (source.Weights(result) is { } weights)
                OnnxExporter.Save(declared, weights, path);
            else
                PyTorchExporter.Save(declared, path);
            console.MarkupLineInterpolated($"wrote [green]{Path.GetRelativePath(Environment.CurrentDirectory, path)}[/]");
            return ExitCode.Done;
        }));
        return command;
    }
}
