using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using StaticNet.Reference;

namespace StaticNet.Tests.Golden;

/// <summary>One of the files that make_golden.py writes, read in double precision.</summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, double[]> _tensors = [];
    private readonly int _count;

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
                _count = entry.Value.GetProperty("shape")[0].GetInt32();
        }
    }

    public Dictionary<string, double[]> Parameters => WithPrefix("parameter.");

    public Dictionary<string, double[]> Gradients => WithPrefix("gradient.");

    public double[][] Inputs => Samples("input");

    public double[][] Outputs => Samples("output");

    public double Loss => _tensors["loss"][0];

    public bool Trains => _tensors.ContainsKey("loss");

    public ReferenceBatch Batch => new(Inputs, Samples("target"));

    public static GoldenFile Read(string network) =>
        new(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "Files", network + ".safetensors")));

    private double[][] Samples(string name) => [.. _tensors[name].Chunk(_tensors[name].Length / _count)];

    private Dictionary<string, double[]> WithPrefix(string prefix) => _tensors
        .Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(tensor => tensor.Key[prefix.Length..], tensor => tensor.Value);
}
