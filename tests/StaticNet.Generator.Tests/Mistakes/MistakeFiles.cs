using System.IO.Compression;
using StaticNet.Serialization;

namespace StaticNet.Generator.Tests.Mistakes;

/// <summary>The files that the snippets of docs/mistakes.md read and do not write.</summary>
internal static class MistakeFiles
{
    // A white pixel, and how files of other kinds begin.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2xgAAAABJRU5ErkJggg==");
    private static readonly byte[] WebP = [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBPVP8 "u8];

    public static void Write(string folder)
    {
        WriteData(folder);
        WriteImages(folder);
        WriteWeights(folder);
    }

    private static void WriteData(string folder)
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "tests/StaticNet.Tests/Data/Files/iris.csv")).Skip(1);
        var text = string.Join('\n', rows.Prepend("sepal_length,sepal_width,petal_length,petal_width,species"));
        File.WriteAllText(Path.Combine(folder, "iris.csv"), text);
        using var file = File.Create(Path.Combine(folder, "iris.csv.gz"));
        using var writer = new StreamWriter(new GZipStream(file, CompressionLevel.Optimal));
        writer.Write(text);
    }

    private static void WriteImages(string folder)
    {
        Write("flowers/rose/1.png", Png);
        Write("flowers/rose/2.webp", WebP);
        Write("flowers/tulip/1.png", Png);
        Write("animals/cat/1.png", Png);
        Directory.CreateDirectory(Path.Combine(folder, "animals/dog"));
        Write("pictures/1.png", Png);
        Write("pictures/cat/1.png", Png);

        void Write(string name, byte[] bytes) => WriteBytes(Path.Combine(folder, name), bytes);
    }

    private static void WriteWeights(string folder)
    {
        Write("model.pt", [.. "PK\u0003\u0004\0\0\u0008\u0008"u8, .. new byte[100]]);
        Write("model.h5", [0x89, .. "HDF\r\n\u001A\n"u8, .. new byte[100]]);
        Write("model.pkl", [0x80, 2, .. "ccollections\nOrderedDict\n"u8, .. new byte[100]]);
        Write("model.onnx", [8, 7, 18, 7, .. "pytorch"u8, 26, 4, .. "1.13"u8, .. new byte[100]]);
        Write("download.safetensors", [.. "<!DOCTYPE html><html><body>Not found</body></html>"u8]);
        Save("iris.safetensors", "dense1", "dense2", hidden: 8);
        Save("wider.safetensors", "dense1", "dense2", hidden: 16);
        Save("renamed.safetensors", "fc1", "fc2", hidden: 8);

        void Write(string name, byte[] bytes) => WriteBytes(Path.Combine(folder, name), bytes);

        void Save(string name, string first, string second, int hidden)
        {
            var state = new StateDict();
            state.Add($"{first}.weight", [hidden, 4], new float[hidden * 4]);
            state.Add($"{first}.bias", [hidden], new float[hidden]);
            state.Add($"{second}.weight", [3, hidden], new float[3 * hidden]);
            state.Add($"{second}.bias", [3], new float[3]);
            Safetensors.Save(Path.Combine(folder, name), state);
        }
    }

    private static void WriteBytes(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
