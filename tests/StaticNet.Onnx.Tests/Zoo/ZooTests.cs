using System.Globalization;
using StaticNet.Importing;
using StaticNet.Onnx.Tests.Compiling;

namespace StaticNet.Onnx.Tests.Zoo;

/// <summary>Models that people run, against ONNX Runtime.</summary>
public class ZooTests
{
    private const int Samples = 4;

    [ZooFact]
    public void Every_model_computes_what_ONNX_Runtime_does()
    {
        var files = Directory.GetFiles(ZooFactAttribute.Folder!, "*.onnx").Order(StringComparer.Ordinal).ToArray();
        var networks = files.Select(file => OnnxImporter.Import(file, new OnnxImportOptions { DirectConvolutions = true }).Network).ToArray();
        var runs = CompiledModel.Compile(networks);

        var errors = files.Select((file, index) => (Name: Path.GetFileName(file), Error: LargestError(networks[index], runs[index], File.ReadAllBytes(file)))).ToArray();

        GeneratedPage.Write("onnx-models.md",
        [
            "# Imported models", "",
            "Models of others, imported with direct convolutions, on numbers from −1 to 1. The difference from ONNX Runtime is that of the output where it",
            "is largest, as a share of the output's largest magnitude. `ZooTests` writes this page.", "",
            "| Model | Attributes | Parameters | Difference |", "|---|---|---|---|",
            .. errors.Select((model, index) => string.Create(CultureInfo.InvariantCulture, $"| {model.Name} | {networks[index].Declaration.Layers.Count + networks[index].Declaration.Blocks.Sum(block => block.Layers.Count)} | {networks[index].Weights.Sum(tensor => (long)tensor.Values.Length):N0} | {model.Error:E1} |")),
        ]);
        Assert.All(errors, model => Assert.True(model.Error <= 1e-5, $"{model.Name}: {model.Error}"));
    }

    [ZooFact]
    public void Classes_are_as_a_person_would_have_written_them()
    {
        var import = OnnxImporter.Import(Path.Combine(ZooFactAttribute.Folder!, "mnist8.onnx"));

        var text = DeclarationWriter.Write(import.Network.Declaration);
        Assert.Equal(
            """
            [Network]
            [Input(1, 28, 28)]
            [Conv2D(8, Kernel = 5, Padding = 2, Activation = Activation.ReLU)]
            [MaxPool2D(2)]
            [Conv2D(16, Kernel = 5, Padding = 2, Activation = Activation.ReLU)]
            [MaxPool2D(3)]
            [Flatten]
            [Dense(10)]
            public sealed partial class Mnist8;

            """,
            text[text.IndexOf("[Network]", StringComparison.Ordinal)..]);
    }

    /// <summary>The largest difference of any output, as a share of that output's largest magnitude over all samples.</summary>
    private static double LargestError(ImportedNetwork network, Func<float[], float[]> run, byte[] model)
    {
        using var reference = new OnnxReference(model);
        string[] names = [.. network.Outputs.Select(output => output.Source)];
        var (largest, errors) = (new double[names.Length], new double[names.Length]);
        for (var sample = 0; sample < Samples; sample++)
        {
            var inputs = reference.Draw(sample);
            var expected = reference.Run(inputs, names);
            var actual = run(OnnxReference.Sample(network, inputs));
            Assert.Equal(expected.Sum(output => output.Length), actual.Length);
            var start = 0;
            for (var output = 0; output < names.Length; output++)
            {
                for (var index = 0; index < expected[output].Length; index++)
                {
                    largest[output] = Math.Max(largest[output], Math.Abs(expected[output][index]));
                    errors[output] = Math.Max(errors[output], Math.Abs((double)actual[start + index] - expected[output][index]));
                }

                start += expected[output].Length;
            }
        }

        return errors.Select((error, output) => error == 0 ? 0 : error / largest[output]).Max();
    }
}
