using System.Text;

namespace StaticNet.Package.Tests;

/// <summary>Weights of LeNet-5 that need no training: small ones of either sign, and biases of the last layer from 0 to 9.</summary>
internal static class LeNet5Weights
{
    private static readonly (string Name, int[] Shape)[] Tensors =
    [
        ("conv1.weight", [6, 1, 5, 5]), ("conv1.bias", [6]), ("conv2.weight", [16, 6, 5, 5]), ("conv2.bias", [16]), ("dense1.weight", [120, 400]), ("dense1.bias", [120]),
        ("dense2.weight", [84, 120]), ("dense2.bias", [84]), ("dense3.weight", [10, 84]), ("dense3.bias", [10]),
    ];

    /// <summary>Writes them as safetensors.</summary>
    /// <returns>The bytes of all numbers.</returns>
    public static int Save(string path)
    {
        var (entries, data) = (new List<string>(), new List<byte>());
        foreach (var (name, shape) in Tensors)
        {
            var (begin, count) = (data.Count, shape.Aggregate(1, (product, size) => product * size));
            for (var index = 0; index < count; index++)
                data.AddRange(BitConverter.GetBytes(name == "dense3.bias" ? index : name.EndsWith("bias", StringComparison.Ordinal) ? 0f : MathF.Sin(index) / 8));
            entries.Add($"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{begin},{data.Count}]}}");
        }

        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. data]);
        return data.Count;
    }
}
