using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Serialization;
using StaticNet.Tool.Verifying;

namespace StaticNet.Tool;

/// <summary><c>staticnet verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new NetworkSource("The weights (.safetensors)", needsWeights: true);
        var vectors = new Option<FileInfo?>("--vectors") { Description = "Golden vectors: a file with the tensors inputs and outputs, a row for each sample, as an import writes it" };
        var onnx = new OnnxSource("The ONNX model that the network should equal; without it and without --vectors, the one that the network is exported to, layer by layer");
        var layers = new Option<bool>("--layers") { Description = "Compare every layer with the exported model too" };
        var samples = new Option<int>("--samples") { Description = "The number of random samples from −1 to 1; those of --vectors take their place", DefaultValueFactory = _ => 4 };
        var seed = new Option<int>("--seed") { Description = "The seed of the samples", DefaultValueFactory = _ => 1 };
        var tolerance = new Option<float>("--tolerance") { Description = "The largest difference, as a share of the largest number of an output", DefaultValueFactory = _ => 1e-4f };
        var command = new Command(
            "verify",
            """
            Compares what a network computes with golden vectors, and with ONNX Runtime, output by output and layer by layer.

            Examples:
              staticnet verify Digits.cs --weights digits.safetensors
              staticnet verify Networks/Policy.cs --weights Networks/model.safetensors --vectors Networks/vectors.safetensors
              staticnet verify Networks/Policy.cs --weights Networks/model.safetensors --onnx policy.onnx --output continuous_actions --input masks=1
              staticnet verify bin/Release/net10.0/MyApp.dll --network Digits --weights digits.safetensors --onnx digits.onnx --layers
            """);
        source.AddTo(command);
        command.Options.Add(vectors);
        onnx.AddTo(command);
        foreach (var option in new Option[] { layers, samples, seed, tolerance })
            command.Options.Add(option);
        samples.Validators.Add(result => ImportCommand.Require(result, result.GetValue(samples) is >= 1 and <= 10_000, "1 to 10000"));
        tolerance.Validators.Add(result => ImportCommand.Require(result, result.GetValue(tolerance) is >= 0 and < 1, "0 or more and below 1"));
        command.SetAction(result => ToolCommand.Run(console, () =>
        {
            var declared = source.Read(result);
            var weights = source.Weights(result)!;
            var network = source.Compile(result, declared);
            network.Load(weights);
            var golden = result.GetValue(vectors) is { } file ? Safetensors.Load(file.FullName) : null;
            var verification = new Verification(network, Samples(network.Description, golden, result.GetValue(samples), result.GetValue(seed)));
            var errors = new List<float>();
            if (golden is not null)
                errors.Add(Write(console, "golden vectors", "output", verification.WithVectors(golden)));
            if (onnx.Model(result) is { } model)
            {
                using var reference = new OnnxModel(model, network.Description, onnx.Ports(result));
                errors.Add(Write(console, $"{model.Name} in ONNX Runtime", "output", verification.WithModel(reference)));
            }

            var isAlone = errors.Count == 0;
            if (isAlone)
            {
                using var reference = new OnnxModel(OnnxExporter.Export(declared, weights), network.Description);
                errors.Add(Write(console, "the exported model in ONNX Runtime", "output", verification.WithModel(reference)));
            }

            if (isAlone || result.GetValue(layers))
                errors.Add(Write(console, "the exported model in ONNX Runtime", "layer", verification.WithLayers(declared, weights)));

            return Conclude(console, errors.Max(), result.GetValue(tolerance));
        }));
        return command;
    }

    private static int Conclude(IAnsiConsole console, float most, float tolerance)
    {
        if (most <= tolerance)
        {
            console.MarkupLineInterpolated($"[green]equal[/] within {Number(tolerance)} of the largest number; the largest difference is {Number(most)}");
            return ExitCode.Done;
        }

        console.MarkupLineInterpolated($"[red]different[/]: by {Number(most)} of the largest number, where at most {Number(tolerance)} is expected");
        return ExitCode.Different;
    }

    /// <summary>Writes a table, and finds the largest error in it.</summary>
    private static float Write(IAnsiConsole console, string with, string what, IReadOnlyCollection<Comparison> comparisons)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in new[] { what, what == "layer" ? "kind" : "shape", "largest", "difference", "as a share" })
            table.AddColumn(column);
        foreach (var item in comparisons)
            table.AddRow(Markup.Escape(item.Name), Markup.Escape(item.Kind), Number(item.Largest), Number(item.Difference), Number(item.Error));
        console.WriteLine($"against {with}:");
        console.Write(table);
        return comparisons.Max(item => item.Error);
    }

    /// <summary>The inputs of golden vectors, or random ones.</summary>
    private static float[][] Samples(NetworkDescription network, StateDict? vectors, int count, int seed)
    {
        var random = new Random(seed);
        return vectors is not null
            ? [.. Verification.Rows(vectors, "inputs", network.InputLength)]
            : [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, network.InputLength).Select(_ => (2 * random.NextSingle()) - 1).ToArray())];
    }

    private static string Number(float value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
