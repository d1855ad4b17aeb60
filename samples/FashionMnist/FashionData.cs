using StaticNet.Data;

namespace FashionMnist;

/// <summary>The files of Fashion-MNIST, as IDX, gzipped or not.</summary>
internal static class FashionData
{
    /// <summary>Where Debian's package puts them.</summary>
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    public static readonly string[] ClassNames =
        ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Finds the folder with the four files; null when there is none.</summary>
    public static string? Find(string? folder)
    {
        string[] folders = folder is not null ? [folder] : [DebianFolder];
        return Array.Find(folders, candidate => FileIn(candidate, "train-images-idx3-ubyte") is not null);
    }

    public static DataSet LoadTraining(string folder) => Load(folder, "train");

    public static DataSet LoadTest(string folder) => Load(folder, "t10k");

    private static DataSet Load(string folder, string part) =>
        DataSet.FromIdx(Required(folder, $"{part}-images-idx3-ubyte"), Required(folder, $"{part}-labels-idx1-ubyte"));

    private static string Required(string folder, string name) =>
        FileIn(folder, name) ?? throw new FileNotFoundException($"{folder} holds neither {name} nor {name}.gz.");

    private static string? FileIn(string folder, string name) =>
        Array.Find([Path.Combine(folder, name), Path.Combine(folder, name + ".gz")], File.Exists);
}
