using System.CommandLine;
using System.Globalization;
using System.Numerics.Tensors;
using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Importing;
using StaticNet.Onnx;
using StaticNet.Serialization;

namespace StaticNet.Tool;

/// <summary><c>staticnet inspect</c>.</summary>
internal static class InspectCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var file = new Argument<FileInfo>("file") { Description = "A model (.onnx), weights (.safetensors), or where a network is declared: a source file (.cs), a project (.csproj) or its folder, or a built assembly (.dll)" };
        var network = NetworkSource.NetworkOption(result => result.GetValue(file)?.FullName);
        var command = new Command(
            "inspect",
            """
            Says what is in a file: inputs, outputs and operators of a model; tensors with their shapes and statistics; layers of a network with
            their shapes, parameters and multiply-adds.

            Examples:
              staticnet inspect model.onnx
              staticnet inspect model.safetensors
              staticnet inspect MyApp.csproj --network Digits
            """)
        {
            file, network,
        };
        command.SetAction(result => ToolCommand.Run(console, () => Inspect(console, result.GetRequiredValue(file), result.GetValue(network))));
        return command;
    }

    private static int Inspect(IAnsiConsole console, FileInfo file, string? network)
    {
        if (file.Extension is ".cs" or ".csproj" or ".dll" || Directory.Exists(file.FullName))
        {
            // As it is: lines that are broken would not be columns.
            console.Profile.Out.Writer.WriteLine(NetworkCompiler.Compile(NetworkReader.Read(file.FullName, network)).Description);
            return ExitCode.Done;
        }

        if (file.Extension.Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            WriteTensors(console, Safetensors.Load(file.FullName));
            return ExitCode.Done;
        }

        var summary = OnnxImporter.Inspect(file.FullName);
        console.WriteLine($"{summary.Producer}, operators of version {summary.Opset.ToString(CultureInfo.InvariantCulture)}, {summary.ConstantNumbers.ToString("N0", CultureInfo.InvariantCulture)} constant numbers");
        var ports = Table("", "name", "shape");
        foreach (var (name, shape) in summary.Inputs)
            ports.AddRow("input", Markup.Escape(name), Markup.Escape(shape));
        foreach (var (name, shape) in summary.Outputs)
            ports.AddRow("output", Markup.Escape(name), Markup.Escape(shape));
        console.Write(ports);
        var operators = Table("operator", "count", "");
        foreach (var (name, count) in summary.Operators)
            operators.AddRow(Markup.Escape(name), count.ToString(CultureInfo.InvariantCulture), Meaning(name));
        console.Write(operators);
        return ExitCode.Done;
    }

    private static string Meaning(string name) => OnnxImporter.Operators.Contains(name) ? "becomes layers"
        : OnnxImporter.ComputedOperators.Contains(name) ? "is computed at import"
        : "[yellow]cannot be imported[/]";

    private static void WriteTensors(IAnsiConsole console, StateDict state)
    {
        var table = Table("tensor", "shape", "least", "mean", "most");
        foreach (var tensor in state)
        {
            var values = tensor.Values;
            table.AddRow(
                Markup.Escape(tensor.Name), string.Join('×', tensor.Shape), values.IsEmpty ? "" : Number(TensorPrimitives.Min(values)),
                values.IsEmpty ? "" : Number(TensorPrimitives.Sum(values) / values.Length), values.IsEmpty ? "" : Number(TensorPrimitives.Max(values)));
        }

        console.Write(table);
        console.WriteLine($"{state.Count} tensors, {state.Sum(tensor => (long)tensor.Values.Length).ToString("N0", CultureInfo.InvariantCulture)} numbers");
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
            table.AddColumn(column);
        return table;
    }

    private static string Number(float value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
