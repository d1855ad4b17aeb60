using StaticNet.Importing;
using StaticNet.Onnx.Reading;
using StaticNet.Onnx.Schema;

namespace StaticNet.Onnx.Evaluation;

/// <summary>Golden vectors: random samples, and what the model computes for them.</summary>
internal static class VectorMaker
{
    /// <summary>Draws samples of numbers from −1 to 1 and computes their outputs.</summary>
    /// <exception cref="ModelFaultException">An operator is not computed here, or a result is not finite.</exception>
    public static GoldenVectors Make(GraphProto graph, TensorReader tensors, int opset, ImportedNetwork network, IReadOnlyDictionary<string, Tensor> constants, int count)
    {
        var random = new Random(1);
        var evaluator = new ModelEvaluator(tensors, opset);
        var (inputs, outputs) = (new List<float>(), new List<float>());
        string[] names = [.. network.Outputs.Select(output => output.Source)];
        for (var sample = 0; sample < count; sample++)
        {
            var values = new Dictionary<string, Tensor>(constants, StringComparer.Ordinal);
            foreach (var input in network.Inputs)
            {
                var numbers = new float[input.Shape.Aggregate(1, (product, size) => product * size)];
                for (var index = 0; index < numbers.Length; index++)
                    numbers[index] = (float)((2 * random.NextDouble()) - 1);
                inputs.AddRange(numbers);
                values.Add(input.Source, Tensor.Of(numbers, [.. input.SourceShape]));
            }

            Run(evaluator, graph, values, names);
            outputs.AddRange(names.SelectMany(name => values[name].AsFloats()));
        }

        return outputs.TrueForAll(float.IsFinite) ? new GoldenVectors(count, [.. inputs], [.. outputs]) : throw new ModelFaultException("its outputs for random samples are not finite");
    }

    private static void Run(ModelEvaluator evaluator, GraphProto graph, Dictionary<string, Tensor> values, string[] names)
    {
        try
        {
            evaluator.Run(graph, values, names);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or NullReferenceException or OverflowException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFaultException($"an operator is used in a way that is not computed for golden vectors ({e.Message})");
        }
    }
}
