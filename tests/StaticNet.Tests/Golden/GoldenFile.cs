using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using StaticNet.Reference;

namespace StaticNet.Tests.Golden;

/// <summary>
/// One of the files that make_golden.py, Layers/make_layers_golden.py, Networks/make_network_golden.py and
/// Sequences/make_sequences_golden.py write, read in double precision.
/// </summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, double[]> _tensors = [];
    private readonly int _count;
    private readonly int _inputSteps = 1;
    private readonly int _outputSteps = 1;

    private GoldenFile(byte[] bytes)
    {
        var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var json = JsonDocument.Parse(bytes.AsMemory(8, header));
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            var begin = entry.Value.GetProperty("data_offsets")[0].GetInt32();
            var end = entry.Value.GetProperty("data_offsets")[1].GetInt32();
            _tensors.Add(entry.Name, MemoryMarshal.Cast<byte, double>(bytes.AsSpan(8 + header + begin, end - begin)).ToArray());
            if (entry.NameEquals("input"))
                _inputSteps = entry.Value.GetProperty("shape")[1].GetInt32();
            if (entry.NameEquals("output"))
            {
                var shape = entry.Value.GetProperty("shape");
                _count = shape[0].GetInt32();
                if (shape.GetArrayLength() == 3)
                    _outputSteps = shape[1].GetInt32();
            }
        }
    }

    /// <summary>A tensor by its name in the file.</summary>
    public double[] this[string name] => _tensors[name];

    public Dictionary<string, double[]> Parameters => WithPrefix("parameter.");

    public Dictionary<string, double[]> Gradients => WithPrefix("gradient.");

    public double[][] Inputs => Samples("input");

    public double[][] Outputs => Samples("output");

    public double Loss => _tensors["loss"][0];

    /// <summary>The loss with the batch's own statistics, which is another one where there is batch normalisation.</summary>
    public double TrainingLoss => _tensors.TryGetValue("trainingLoss", out var loss) ? loss[0] : Loss;

    /// <summary>The gradients of the inputs, if the file has them.</summary>
    public double[]? InputGradients => _tensors.GetValueOrDefault("inputGradient");

    /// <summary>The hidden and cell states after <see cref="Stream"/>, by name.</summary>
    public Dictionary<string, double[]> States => WithPrefix("state.");

    /// <summary>The outputs for all inputs in a row as one stream, if the network has one.</summary>
    public double[]? Stream => _tensors.GetValueOrDefault("stream.output");

    /// <summary>Parameters and statistics after steps of stochastic gradient descent; empty if the file has none.</summary>
    public Dictionary<string, double[]> After => WithPrefix("after.");

    public bool Trains => _tensors.ContainsKey("loss");

    /// <summary>The steps that each sequence has, if the file has them.</summary>
    public int[]? SequenceLengths => _tensors.TryGetValue("lengths", out var lengths) ? Array.ConvertAll(lengths, length => (int)length) : null;

    /// <summary>The outputs of all samples in a row; of a sequence that ends early, those of the steps that it has, since others are not specified.</summary>
    public double[] Specified(IEnumerable<double[]> outputs) => [.. outputs.SelectMany((output, sample) =>
        SequenceLengths is { } lengths && _outputSteps > 1 ? output.Take(output.Length / _outputSteps * (lengths[sample] * _outputSteps / _inputSteps)) : output)];

    public ReferenceBatch Batch => new(Inputs, Samples("target")) { SequenceLengths = SequenceLengths };

    /// <summary>The folder with the files of a group of networks.</summary>
    public static string Folder(string group) => Path.Combine(AppContext.BaseDirectory, "Golden", group, "Files");

    public static GoldenFile Read(string network, string group = "") =>
        new(File.ReadAllBytes(Path.Combine(Folder(group), network + ".safetensors")));

    private double[][] Samples(string name) => [.. _tensors[name].Chunk(_tensors[name].Length / _count)];

    private Dictionary<string, double[]> WithPrefix(string prefix) => _tensors
        .Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(tensor => tensor.Key[prefix.Length..], tensor => tensor.Value);
}
