using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using StaticNet.Importing;

namespace StaticNet.Onnx.Tests.Compiling;

/// <summary>What ONNX Runtime computes.</summary>
internal sealed class OnnxReference : IDisposable
{
    private readonly InferenceSession _session;

    public OnnxReference(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(model, options);
    }

    /// <summary>Numbers from −1 to 1 for each input of the model; the network's inputs are some of them.</summary>
    public Dictionary<string, float[]> Draw(int seed)
    {
        var random = new Random(seed);
        return _session.InputMetadata.ToDictionary(
            input => input.Key,
            input => Enumerable.Range(0, Shape(input.Key).Aggregate(1, (product, size) => product * size)).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray());
    }

    /// <summary>The outputs of some names, as floats.</summary>
    public float[][] Run(Dictionary<string, float[]> inputs, IReadOnlyList<string> outputs)
    {
        var values = inputs.Select(input => Value(input.Key, input.Value)).ToArray();
        using var results = _session.Run(values, [.. outputs]);
        return [.. results.Select(result => result.Value switch
        {
            DenseTensor<float> floats => floats.ToArray(),
            DenseTensor<long> integers => [.. integers.Select(value => (float)value)],
            DenseTensor<int> integers => [.. integers.Select(value => (float)value)],
            DenseTensor<bool> truths => [.. truths.Select(value => value ? 1f : 0f)],
            _ => throw new InvalidOperationException($"{result.Name} is {result.Value}"),
        })];
    }

    public void Dispose() => _session.Dispose();

    private int[] Shape(string input) => [.. _session.InputMetadata[input].Dimensions.Select(size => Math.Max(size, 1))];

    private NamedOnnxValue Value(string name, float[] values) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, Shape(name)));

    /// <summary>A sample of the network, of those numbers.</summary>
    public static float[] Sample(ImportedNetwork network, Dictionary<string, float[]> inputs) => [.. network.Inputs.SelectMany(input => inputs[input.Source])];
}
