using System.Collections.Immutable;
using System.Globalization;
using StaticNet.Importing;
using StaticNet.Onnx.Evaluation;
using StaticNet.Onnx.Folding;
using StaticNet.Onnx.Mapping;
using StaticNet.Onnx.Reading;
using StaticNet.Onnx.Schema;
using StaticNet.Serialization;

namespace StaticNet.Onnx;

/// <summary>Imports ONNX models of version 7 or later of ONNX's operators.</summary>
public static class OnnxImporter
{
    /// <summary>Imports a file.</summary>
    /// <param name="path">The model; files with external data must be in its folder.</param>
    /// <param name="options">What to import; null: all that can be.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ImportException">The file is not a model, or something in it cannot be imported; all problems are listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxImport Import(string path, OnnxImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Import(File.ReadAllBytes(path), Path.GetFileName(path), Path.GetDirectoryName(Path.GetFullPath(path)), options ?? new OnnxImportOptions());
    }

    /// <summary>Imports a model that is in memory.</summary>
    /// <param name="model">The bytes of the file.</param>
    /// <param name="name">A name for it, for messages and the class.</param>
    /// <param name="options">What to import; null: all that can be.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ImportException">As for a file; external data cannot be read.</exception>
    public static OnnxImport Import(ReadOnlyMemory<byte> model, string name, OnnxImportOptions? options = null) => Import(model, name, null, options ?? new OnnxImportOptions());

    /// <summary>What a model has, whether it can be imported or not.</summary>
    /// <param name="path">The model.</param>
    /// <returns>Inputs, outputs and operators.</returns>
    /// <exception cref="ImportException">The file is not a model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxSummary Inspect(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (model, opset) = ModelReader.Read(File.ReadAllBytes(path), Path.GetFileName(path));
        var constants = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new OnnxSummary(
            $"{model.ProducerName} {model.ProducerVersion}".Trim() is { Length: > 0 } producer ? producer : "of an unknown producer",
            opset,
            [.. model.Graph.Input.Where(input => !constants.Contains(input.Name)).Select(input => (input.Name, ModelPorts.ShapeText(input)))],
            [.. model.Graph.Output.Select(output => (output.Name, ModelPorts.ShapeText(output)))],
            [.. model.Graph.Node.GroupBy(node => new GraphNode(node, opset).Operator, StringComparer.Ordinal).Select(group => (group.Key, group.Count())).OrderBy(entry => entry.Key, StringComparer.Ordinal)],
            model.Graph.Initializer.Sum(tensor => tensor.Dims.Aggregate(1L, (product, size) => Math.Clamp(product * Math.Max(size, 0), 0, int.MaxValue))));
    }

    /// <summary>The operators that become layers, besides those that are computed at import.</summary>
    public static ImmutableArray<string> Operators { get; } = [.. new ModelMapper(new TensorReader(null), new FoldingBudget(0), new OnnxImportOptions(), 7).Operators];

    /// <summary>Reads a tensor that is stored alone, as ONNX's own tests store inputs and outputs (<c>.pb</c>).</summary>
    /// <param name="bytes">The bytes of the file.</param>
    /// <returns>Its elements as floats, row-major.</returns>
    /// <exception cref="ImportException">The bytes are not a tensor of numbers.</exception>
    public static float[] ReadTensor(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new TensorReader(null).Read(TensorProto.Parser.WithDiscardUnknownFields(true).ParseFrom(new System.Buffers.ReadOnlySequence<byte>(bytes))).AsFloats();
        }
        catch (Exception e) when (e is Google.Protobuf.InvalidProtocolBufferException or ModelFaultException)
        {
            throw new ImportException(new ImportProblem("the tensor", "the file", e.Message, "Store it as an ONNX TensorProto of numbers"));
        }
    }

    /// <summary>Operators that are computed at import if their inputs are constants, besides those that become layers.</summary>
    public static ImmutableArray<string> ComputedOperators { get; } = ["Constant", "ConstantOfShape", "If", "Range", "Shape", "Size", "Mod", "Xor", "ReduceProd"];

    /// <summary>Networks do not load numbers that they cannot compute with.</summary>
    private static void RequireFinite(StateDict weights)
    {
        ImmutableArray<ImportProblem> problems = [.. weights.Where(tensor => tensor.Memory.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
            .Select(tensor => new ImportProblem($"the parameter '{tensor.Name}'", $"a tensor of {Indexing.Text(tensor.Shape)}", "it holds a number that is NaN, infinite or beyond float32", "Replace the number in the model, for example an infinite mask by -1e9"))];
        if (problems.Length > 0)
            throw new ImportException(problems);
    }

    private static OnnxImport Import(ReadOnlyMemory<byte> bytes, string name, string? folder, OnnxImportOptions options)
    {
        var (model, opset) = ModelReader.Read(bytes, name);
        var budget = new FoldingBudget(bytes.Length);
        var ports = new ModelPorts(model.Graph, options, name);
        var (graph, values) = ports.Inputs();
        var mapper = new ModelMapper(new TensorReader(folder), budget, options, opset);
        try
        {
            mapper.Map(model.Graph, values, ports.OutputNames);
        }
        catch (ModelFaultException e)
        {
            throw new ImportException(new ImportProblem(name, "the graph", e.Message, e.Remedy ?? "Export the model again"));
        }

        var outputs = ports.Outputs(values, value => mapper.OutputOf(value, ports.IsChannelsLast));
        var weights = new StateDict();
        var className = options.ClassName ?? Identifiers.Pascal(Path.GetFileNameWithoutExtension(name), "Model");
        var declared = graph.Declare(className, [.. outputs.Select(output => (output.Port.Name, output.Layer))], weights);
        RequireFinite(weights);
        var inputs = ports.Used(declared);
        var declaration = new NetworkDeclaration(className, declared.Attributes)
        {
            Namespace = options.Namespace,
            Blocks = declared.Blocks,
            Summary = $"Imported from {name}{(model.ProducerName.Length > 0 ? $", which was made with {model.ProducerName} {model.ProducerVersion}".TrimEnd() : "")}.",
            Remarks = [.. inputs.Concat(outputs.Select(output => output.Port)).Where(port => !port.Shape.SequenceEqual(port.SourceShape) || port.Name != port.Source)
                .Select(port => $"{port.Name}: {port.Source} [{string.Join(", ", port.SourceShape)}]")],
        };
        var network = new ImportedNetwork(declaration, weights) { Inputs = inputs, Outputs = [.. outputs.Select(output => output.Port)] };
        try
        {
            if (options.Vectors > 0)
                network = network with { Vectors = VectorMaker.Make(model.Graph, new TensorReader(folder), opset, network, ports.Constants, options.Vectors) };
        }
        catch (ModelFaultException e)
        {
            ports.Notes.Add($"There are no golden vectors: {e.Message}.");
        }

        return new OnnxImport(network, [.. ports.Notes]);
    }
}
