using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using StaticNet.Exporting;
using StaticNet.Exporting.Onnx;
using StaticNet.Networks;
using StaticNet.Serialization;

namespace StaticNet.Onnx.Tests.Exporting;

/// <summary>A network that tests declare with drawn weights, and the model that it is exported as.</summary>
/// <param name="Class">The class that computes what the model should.</param>
/// <param name="Declared">The declaration.</param>
/// <param name="First">The weights that the class starts with.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Model">The model.</param>
/// <param name="Forward">What the class computes of some samples.</param>
/// <param name="Description">Its inputs and outputs.</param>
internal sealed record ExportedNetwork(Type Class, DeclaredNetwork Declared, StateDict First, StateDict Weights, byte[] Model, Func<float[], int, float[]> Forward, NetworkDescription Description)
{
    /// <summary>All networks of StaticNet.Networks and of these tests that ONNX can hold, and the others with the reasons.</summary>
    public static (IReadOnlyList<ExportedNetwork> Written, IReadOnlyDictionary<string, string> Refused) All { get; } = ExportAll();

    /// <summary>What ONNX Runtime computes of the samples, in the order of the class's own outputs.</summary>
    public float[] Run(float[] samples, int count)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(Model, options);
        var steps = Description.Steps;
        var stepLength = Description.InputLength / steps;
        var inputs = Description.Inputs.Select(port =>
        {
            int[] shape = [count, .. session.InputMetadata[port.Name].Dimensions[1..]];
            float[] values = [.. from row in Enumerable.Range(0, count * steps) from element in Enumerable.Range(0, port.Length) select samples[(row * stepLength) + port.Offset + element]];
            return NamedOnnxValue.CreateFromTensor(port.Name, new DenseTensor<float>(values, shape));
        }).ToArray();
        using var results = session.Run(inputs, [.. Description.Outputs.Select(port => port.Name)]);
        return Joined([.. results.Select(result => ((DenseTensor<float>)result.Value).Buffer.ToArray())], count);
    }

    /// <summary>Separate outputs in the order of the class's own.</summary>
    public float[] Joined(IReadOnlyList<float[]> outputs, int count)
    {
        var (all, rows) = (new float[count * Description.OutputLength], count * Description.OutputSteps);
        foreach (var (port, values) in Description.Outputs.Zip(outputs))
        {
            for (var row = 0; row < rows; row++)
                values.AsSpan(row * port.Length, port.Length).CopyTo(all.AsSpan((row * (all.Length / rows)) + port.Offset));
        }

        return all;
    }

    /// <summary>How far outputs are from what is expected, as a part of the largest.</summary>
    public static float Error(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = Math.Max(expected.Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(1).Max(), 1e-3f);
        return expected.Zip(actual).Max(pair => pair.First.Equals(pair.Second) ? 0 : MathF.Abs(pair.First - pair.Second)) / largest;
    }

    /// <summary>Some samples, of numbers that logarithms and roots take.</summary>
    public float[] Samples(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count * Description.InputLength).Select(_ => (float)random.NextDouble() + 0.1f)];
    }

    private static (IReadOnlyList<ExportedNetwork>, IReadOnlyDictionary<string, string>) ExportAll()
    {
        var (written, refused) = (new List<ExportedNetwork>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (assembly, network) in new[] { typeof(LeNet5).Assembly, typeof(ExportedNetwork).Assembly }.SelectMany(assembly => NetworkReader.ReadAll(assembly.Location).Select(network => (assembly, network))))
        {
            try
            {
                var export = typeof(ExportedNetwork).GetMethod(nameof(Export), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(ComputedBy(assembly.GetTypes().Single(type => type.FullName!.Replace('+', '.') == network.FullName)));
                written.Add((ExportedNetwork)export.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [network], null)!);
            }
            catch (ExportException e)
            {
                refused.Add(network.FullName, e.Message);
            }
        }

        return (written, refused);
    }

    /// <summary>The class that computes what the model of a class should: of a twin that rounds its weights, its network, which does not.</summary>
    private static Type ComputedBy(Type type) =>
        type.GetCustomAttribute<InferenceOfAttribute>() is { Storage: not WeightStorage.Float32 } twin ? twin.Network : type;

    private static ExportedNetwork Export<TNetwork>(DeclaredNetwork declared)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(3);
        var (first, random, drawn) = (network.ToStateDict(), new Random(7), new StateDict());
        foreach (var tensor in first)
        {
            // Statistics, gains and biases that are not what they start as; weights and counts of batches as they are.
            var isKept = tensor.Shape.Length > 1 || tensor.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal);
            drawn.Add(tensor.Name, tensor.Shape.AsSpan(), isKept ? tensor.Values : [.. tensor.Values.ToArray().Select(value => value + (0.2f * (float)random.NextDouble()))]);
        }

        network.LoadStateDict(drawn);
        var weights = network.ToStateDict();
        return new ExportedNetwork(typeof(TNetwork), declared, first, weights, OnnxExporter.Export(declared, weights), Forward, TNetwork.Description);

        float[] Forward(float[] samples, int count)
        {
            var outputs = new float[count * TNetwork.OutputLength];
            network.ForwardBatch(samples, outputs, count);
            return outputs;
        }
    }
}
