using StaticNet.Importing;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Tests.Conformance;

/// <summary>A case of the ONNX project: a model of one operator, with inputs and the outputs that it must have.</summary>
internal sealed class ConformanceCase
{
    private readonly string _folder;

    private readonly ModelProto _model;

    public ConformanceCase(string folder)
    {
        (_folder, Name) = (folder, Path.GetFileName(folder));
        _model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
    }

    public string Name { get; }

    public IEnumerable<string> Operators => _model.Graph.Node.Select(node => node.OpType).Distinct();

    /// <summary>The network, with as few inputs made constants as possible; null with the reasons if it is refused.</summary>
    public OnnxImport? Import(string className, out string reason)
    {
        var file = Path.Combine(_folder, "model.onnx");
        try
        {
            reason = "";
            return OnnxImporter.Import(file, new OnnxImportOptions { ClassName = className, DirectConvolutions = true });
        }
        catch (ImportException e)
        {
            reason = e.Message;
        }

        // Weights, shapes and bounds are inputs in these models; in real ones they are constants.
        var constants = new Dictionary<string, float[]>();
        for (var index = 1; index < _model.Graph.Input.Count; index++)
        {
            if (Tensor("input", 0, index) is { } tensor)
                constants.Add(_model.Graph.Input[index].Name, tensor);
        }

        if (constants.Count == 0)
            return null;
        try
        {
            return OnnxImporter.Import(file, new OnnxImportOptions { ClassName = className, Inputs = constants, DirectConvolutions = true });
        }
        catch (ImportException e)
        {
            reason = e.Message;
            return null;
        }
    }

    /// <summary>What is wrong with a network's outputs by the rule of the cases; null if nothing is.</summary>
    public string? Check(ImportedNetwork network, Func<float[], float[]> run)
    {
        float[] inputs = [.. network.Inputs.SelectMany(input => Tensor("input", 0, IndexOf(_model.Graph.Input, input.Source))!)];
        var actual = run(inputs);
        float[] expected = [.. network.Outputs.SelectMany(output => Tensor("output", 0, IndexOf(_model.Graph.Output, output.Source))!)];
        if (actual.Length != expected.Length)
            return $"{actual.Length} outputs instead of {expected.Length}";
        for (var index = 0; index < actual.Length; index++)
        {
            if (!Agrees(actual[index], expected[index]))
                return $"output {index} is {actual[index]} instead of {expected[index]}";
        }

        return null;
    }

    private static bool Agrees(float actual, float expected) => actual.Equals(expected)
        || Math.Abs((double)actual - expected) <= 1e-7 + (1e-3 * Math.Abs((double)expected))
        || (float.IsFinite(actual) && float.IsFinite(expected) && Math.Abs((long)Ordered(actual) - Ordered(expected)) <= 100);

    /// <summary>The floats in their order, one unit in the last place apart.</summary>
    private static int Ordered(float value) => BitConverter.SingleToInt32Bits(value) is var bits && bits < 0 ? int.MinValue - bits : bits;

    private static int IndexOf(IEnumerable<ValueInfoProto> ports, string name) => ports.Select(port => port.Name).ToList().IndexOf(name);

    private float[]? Tensor(string kind, int set, int index)
    {
        var path = Path.Combine(_folder, $"test_data_set_{set}", $"{kind}_{index}.pb");
        try
        {
            return File.Exists(path) ? OnnxImporter.ReadTensor(File.ReadAllBytes(path)) : null;
        }
        catch (ImportException)
        {
            return null;
        }
    }
}
