using StaticNet.Generator.Vocabulary;
using StaticNet.Serialization;

namespace StaticNet.Exporting.Onnx;

/// <summary>
/// Writes networks as ONNX models: version 17 of ONNX's operators, weights inside, a first axis for any batch. What the model computes is what
/// <c>Forward</c> computes, a scaling included; dropout and noise, which only training has, are left out. The model of an inference twin that
/// stores its weights in 16 bits has them in 32.
/// </summary>
public static class OnnxExporter
{
    private const string Batch = "batch";

    /// <summary>Exports a network that runs in this program.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network with its weights.</param>
    /// <param name="path">The file, which is replaced if it exists; usually <c>.onnx</c>.</param>
    /// <exception cref="ExportException">The network cannot be written in ONNX; the reasons are listed. Or the assembly of its class is not a file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <example><code>OnnxExporter.Save(network, "digits.onnx");</code></example>
    public static void Save<TNetwork>(TNetwork network, string path)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(path);
        Save(NetworkReader.Of<TNetwork>(), network.ToStateDict(), path);
    }

    /// <summary>Exports a network as a file.</summary>
    /// <param name="network">The declaration.</param>
    /// <param name="weights">Its parameters by their names, as for <see cref="Export"/>.</param>
    /// <param name="path">The file, which is replaced if it exists: after a crash, it has either the old content or the new.</param>
    /// <exception cref="ExportException">As for <see cref="Export"/>; no file is then written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(DeclaredNetwork network, StateDict weights, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var model = Export(network, weights);
        using var file = new AtomicFile(path);
        file.Stream.Write(model);
        file.Commit();
    }

    /// <summary>Exports a network.</summary>
    /// <param name="network">The declaration.</param>
    /// <param name="weights">Its parameters by their names, as <see cref="NetworkExtensions.ToStateDict"/> returns them and files of weights have them.</param>
    /// <returns>The bytes of the model.</returns>
    /// <exception cref="ExportException">Parameters are missing or have other shapes, or a scaling or a layer cannot be written in ONNX; all reasons are listed.</exception>
    public static byte[] Export(DeclaredNetwork network, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        CheckWeights(network, weights);
        var (graph, scaling) = (network.Graph, PortScaling.Read(weights, network.Graph));
        var model = new ModelBuilder(network.Name, [.. graph.Inputs.Select(input => input.Name), .. graph.Outputs.Select(output => output.Name)]);
        var isChannelsLast = network.Spec.Layout == Generator.Vocabulary.Layout.ChannelsLast;

        var inputs = new List<NodeValue>();
        foreach (var input in graph.Inputs)
        {
            var shape = ShapeOf(input.Type, graph.Steps, isChannelsLast);
            model.Input(input.Name, shape, Batch);
            var name = scaling.Inputs?.Scale(model, input.Name, shape, graph.Steps, graph.StepInputLength, input.Offset) ?? input.Name;
            name = Permuted(model, name, input.Type, graph.Steps, isChannelsLast, toChannelsLast: false);
            inputs.Add(new NodeValue(name, input.Type, graph.Steps, HasStepAxis: graph.Steps > 1));
        }

        var (writer, values, problems) = (new LayerNodes(network, weights, model), new List<NodeValue>(), new List<string>());
        NodeValue ValueOf(int node) => Generator.Layers.NetworkGraph.IsInput(node) ? inputs[-1 - node] : values[node];
        foreach (var node in graph.Nodes)
        {
            try
            {
                values.Add(writer.Write(node, [.. node.Inputs.Select(ValueOf)]));
            }
            catch (ExportException e)
            {
                problems.AddRange(e.Problems);
                values.Add(new NodeValue("", node.Output, node.Steps, HasStepAxis: false));
            }
        }

        if (problems.Count > 0)
            throw new ExportException(problems);
        foreach (var output in graph.Outputs)
        {
            var (value, shape) = (ValueOf(output.Node), ShapeOf(output.Type, graph.OutputSteps, isChannelsLast));
            if (graph.OutputSteps > 1 && !value.HasStepAxis)
                value = value with { Name = model.Node("Reshape", $"{value.Name}.sequence", [value.Name, model.Integers($"{value.Name}.shape", [-1, graph.OutputSteps, .. output.Type.Shape])]) };
            var name = Permuted(model, value.Name, output.Type, graph.OutputSteps, isChannelsLast, toChannelsLast: true);
            model.Output(output.Name, scaling.Targets?.Undo(model, name, shape, graph.OutputSteps, graph.StepOutputLength, output.Offset) ?? name, shape, Batch);
        }

        return model.ToBytes();
    }

    /// <summary>The shape of a port in the order of the user's spans, without the batch.</summary>
    private static int[] ShapeOf(TensorType type, int steps, bool isChannelsLast)
    {
        int[] shape = [.. isChannelsLast ? type.ChannelsLast.Shape : type.Shape];
        return steps > 1 ? [steps, .. shape] : shape;
    }

    /// <summary>A value with its axes from the order of the user's spans to the logical one, or back.</summary>
    private static string Permuted(ModelBuilder model, string name, TensorType type, int steps, bool isChannelsLast, bool toChannelsLast)
    {
        if (!isChannelsLast || type.Rank == 1)
            return name;
        int[] leading = steps > 1 ? [0, 1] : [0];
        var rest = Enumerable.Range(leading.Length, type.Rank).ToArray();
        int[] order = toChannelsLast ? [.. leading, .. rest[1..], rest[0]] : [.. leading, rest[^1], .. rest[..^1]];
        return model.Node("Transpose", $"{name}.permuted", [name], ("perm", order));
    }

    /// <summary>All parameters must be there, in their shapes.</summary>
    private static void CheckWeights(DeclaredNetwork network, StateDict weights)
    {
        string[] problems = [.. network.Parameters.Select(parameter => Fault(parameter.Name, [.. parameter.Shape])).OfType<string>()];
        if (problems.Length > 0)
            throw new ExportException(problems);

        string? Fault(string name, int[] shape) => !weights.TryGet(name, out var tensor) ? $"Expected a tensor {name} {Text(shape)} in the weights of {network.Name}, but there is none."
            : !tensor.Shape.AsSpan().SequenceEqual(shape) ? $"Expected a tensor {name} {Text(shape)} in the weights of {network.Name}, but it is {Text([.. tensor.Shape])}."
            : null;
        static string Text(int[] shape) => $"[{string.Join(", ", shape)}]";
    }
}
