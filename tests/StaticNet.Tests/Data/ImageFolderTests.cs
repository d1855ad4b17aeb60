using System.Text;
using StaticNet.Data;
using StaticNet.Training;

namespace StaticNet.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folders_are_classes_in_the_order_of_their_names()
    {
        Gray("dog/b.pgm", 3);
        Gray("dog/a.PGM", 2);
        Gray("cat/x.pnm", 1);
        File.WriteAllText(Path.Combine(_folder, "cat", "notes.txt"), "no image");
        File.WriteAllBytes(Path.Combine(_folder, "cat", "y.png"), ImageFileTests.Png(ImageFileTests.Header(), ImageFileTests.Data([0, 7, 8, 9]), ImageFileTests.End));
        var images = ImageFolder.Load(_folder);

        Assert.Equal(["cat", "dog"], images.ClassNames.AsEnumerable());
        Assert.Equal(new ImageShape(1, 1, 3), images.Shape);
        Assert.Equal([0f, 0, 1, 1], images.Data.Targets.ToArray());
        Assert.Equal([1f, 7, 2, 3], [.. Enumerable.Range(0, 4).Select(i => MathF.Round(images.Data.Input(i)[0] * 255))]);
        Assert.Equal(["x.pnm", "y.png", "a.PGM", "b.pgm"], images.Files.Select(Path.GetFileName));

        var some = ImageFolder.Load(_folder, new ImageFolderOptions { ClassNames = ["dog"], Channels = 3 });
        Assert.Equal([0f, 0], some.Data.Targets.ToArray());
        Assert.Equal(new ImageShape(3, 1, 3), some.Shape);
    }

    [Fact]
    public void A_file_of_labels_names_images_and_classes()
    {
        Gray("one.pgm", 1);
        Gray("deep/two.pgm", 2);
        Gray("three.pgm", 3);
        var labels = Write("labels.csv", "file;what;more\nthree.pgm;zebra;\ndeep/two.pgm;ape;x\none.pgm;zebra;\n");
        var options = new ImageFolderOptions { LabelsHaveHeader = true, LabelsDelimiter = ';' };
        var images = ImageFolder.LoadLabelled(_folder, labels, options);

        Assert.Equal(["ape", "zebra"], images.ClassNames.AsEnumerable());
        Assert.Equal([1f, 0, 1], images.Data.Targets.ToArray());
        Assert.Equal([3f, 2, 1], [.. Enumerable.Range(0, 3).Select(i => MathF.Round(images.Data.Input(i)[0] * 255))]);
        Assert.Equal([0f, 1, 0], ImageFolder.LoadLabelled(_folder, labels, options with { ClassNames = ["zebra", "ape"] }).Data.Targets.ToArray());
        Assert.Contains("line 3: expected one of zebra; 'ape' came", Refusal(() => ImageFolder.LoadLabelled(_folder, labels, options with { ClassNames = ["zebra"] })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.pgm,a")]
    [InlineData("x/../../outside.pgm,a")]
    [InlineData("/etc/passwd,a")]
    [InlineData("\0,a")]
    [InlineData(".,a")]
    [InlineData(",a")]
    public void A_path_that_leaves_the_folder_is_refused(string row)
    {
        var labels = Write("labels.csv", row + "\n");

        Assert.Contains("labels.csv, line 1: expected a path inside the folder", Refusal(() => ImageFolder.LoadLabelled(_folder, labels)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_file()
    {
        Gray("a/1.pgm", 1);
        var wide = Path.Combine(_folder, "a", "2.pgm");
        File.WriteAllBytes(wide, Encoding.ASCII.GetBytes("P2 4 1 9 1 2 3 4"));
        Assert.Equal($"{wide}: expected an image of 1×1×3 (channels×height×width); it is 1×1×4.", Refusal(() => ImageFolder.Load(_folder)));
        Assert.Contains("1.pgm: expected an image of 1×1×4", Refusal(() => ImageFolder.Load(_folder, new ImageFolderOptions { Shape = new ImageShape(1, 1, 4) })), StringComparison.Ordinal);
        File.WriteAllBytes(wide, [1, 2, 3]);
        Assert.StartsWith($"{wide}: Expected a PNG, PGM or PPM", Refusal(() => ImageFolder.Load(_folder)), StringComparison.Ordinal);
        Assert.Contains("at least one image", Refusal(() => ImageFolder.Load(Path.Combine(_folder, "a"))), StringComparison.Ordinal);
        Assert.Contains("one column came", Refusal(() => ImageFolder.LoadLabelled(_folder, Write("l.csv", "a/1.pgm\n"))), StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load(_folder + "x"));
        Assert.Throws<FileNotFoundException>(() => ImageFolder.LoadLabelled(_folder, Write("m.csv", "a/9.pgm,a\n")));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new ImageFolderOptions { Channels = 2 }));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new ImageFolderOptions { Channels = 3, Shape = new ImageShape(1, 1, 3) }));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new ImageFolderOptions { ClassNames = ["a", "a"] }));
        Assert.Throws<ArgumentException>(() => ImageFolder.LoadLabelled(_folder, Write("n.csv", "x,y\n"), new ImageFolderOptions { LabelsDelimiter = '"' }));
    }

    private static string Refusal(Func<ImageFolder> load) => Assert.Throws<DataFormatException>(load).Message;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>An image of 1 × 3 pixels.</summary>
    private void Gray(string name, byte first)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [.. "P5 3 1 255\n"u8, first, 100, 200]);
    }
}
