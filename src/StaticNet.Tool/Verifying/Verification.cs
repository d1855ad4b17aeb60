using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Serialization;

namespace StaticNet.Tool.Verifying;

/// <summary>Comparisons of what a network computes of some samples.</summary>
/// <param name="network">The network with its weights.</param>
/// <param name="samples">The samples.</param>
internal sealed class Verification(CompiledNetwork network, float[][] samples)
{
    /// <summary>With golden vectors, whose inputs are the samples.</summary>
    /// <exception cref="ExportException">The vectors are not those of the network.</exception>
    public IReadOnlyCollection<Comparison> WithVectors(StateDict vectors)
    {
        var expected = Rows(vectors, "outputs", network.Description.OutputLength).ToArray();
        if (expected.Length != samples.Length)
            throw new ExportException($"Expected as many rows of inputs as of outputs in the golden vectors, but there are {samples.Length} and {expected.Length}.");
        var comparisons = ByOutput(network.Description);
        for (var index = 0; index < samples.Length; index++)
            Add(comparisons, network.Description, Split(network.Description, expected[index]), Forward(network, samples[index]));
        return comparisons;
    }

    /// <summary>With a model in ONNX Runtime.</summary>
    /// <param name="reference">The model.</param>
    /// <exception cref="ExportException">ONNX Runtime refuses the samples.</exception>
    public IReadOnlyCollection<Comparison> WithModel(OnnxModel reference) => Compare(network, reference, ByOutput(network.Description));

    /// <summary>With the model that the network is exported to, layer by layer, without a scaling.</summary>
    /// <exception cref="ExportException">The network cannot be exported, or ONNX Runtime refuses the model.</exception>
    public IReadOnlyCollection<Comparison> WithLayers(DeclaredNetwork declared, StateDict weights)
    {
        var own = new StateDict();
        foreach (var parameter in declared.Parameters)
            own.Add(parameter.Name, parameter.Shape.AsSpan(), weights[parameter.Name].Values);
        var kinds = network.Description.Layers.ToDictionary(layer => layer.Name, layer => layer.Kind, StringComparer.Ordinal);
        var all = new List<Comparison>();
        foreach (var (variant, layers) in NetworkCompiler.OfLayers(declared))
        {
            var compiled = NetworkCompiler.Compile(variant);
            compiled.Load(own);
            using var reference = new OnnxModel(OnnxExporter.Export(variant, own), compiled.Description);
            all.AddRange(Compare(compiled, reference, [.. layers.Select(layer => new Comparison(layer, kinds.GetValueOrDefault(layer, "")))]));
        }

        return all;
    }

    /// <summary>The rows of a tensor of golden vectors.</summary>
    /// <exception cref="ExportException">There is no such tensor, or its rows have another length.</exception>
    public static IEnumerable<float[]> Rows(StateDict vectors, string name, int length) => !vectors.TryGet(name, out var tensor)
        ? throw new ExportException($"Expected the tensors inputs and outputs in the golden vectors, but there is no {name}.")
        : tensor.Values.Length == 0 || tensor.Values.Length % length != 0
        ? throw new ExportException($"Expected {length} numbers per sample in {name} of the golden vectors, but its shape is [{string.Join(", ", tensor.Shape)}].")
        : tensor.Values.ToArray().Chunk(length);

    private Comparison[] Compare(CompiledNetwork computing, OnnxModel reference, Comparison[] comparisons)
    {
        foreach (var sample in samples)
            Add(comparisons, computing.Description, reference.Run(sample), Forward(computing, sample));
        return comparisons;
    }

    private static void Add(Comparison[] comparisons, NetworkDescription network, float[][] expected, float[] actual)
    {
        foreach (var (comparison, right, came) in comparisons.Zip(expected, Split(network, actual)))
            comparison.Add(right, came);
    }

    private static Comparison[] ByOutput(NetworkDescription network) => [.. network.Outputs.Select(output => new Comparison(output.Name, string.Join('×', output.Shape)))];

    private static float[] Forward(CompiledNetwork network, float[] sample)
    {
        var output = new float[network.Description.OutputLength];
        network.Forward(sample, output);
        return output;
    }

    /// <summary>The numbers of each output, of all steps.</summary>
    private static float[][] Split(NetworkDescription network, float[] all)
    {
        var (steps, stepLength) = (network.OutputSteps, all.Length / network.OutputSteps);
        return [.. network.Outputs.Select(output => Enumerable.Range(0, steps).SelectMany(step => all.AsSpan((step * stepLength) + output.Offset, output.Length).ToArray()).ToArray())];
    }
}
