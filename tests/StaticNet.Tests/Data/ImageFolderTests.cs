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
    public void JPEGs_are_images_like_others()
    {
        var (file, shape, _) = JpegFileTests.Golden().Last();
        foreach (var name in new[] { "1.jpg", "2.JPEG" })
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "cat")).FullName, name), file);
        var images = ImageFolder.Load(_folder);

        Assert.Equal(2, images.Data.Count);
        Assert.Equal(new ImageShape(shape[0], shape[1], shape[2]), images.Shape);
        Assert.Empty(images.LeftOut);
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
        Assert.Contains("labels.csv: Line 3: expected one of zebra, but got 'ape'", Refusal(() => ImageFolder.LoadLabelled(_folder, labels, options with { ClassNames = ["zebra"] })), StringComparison.Ordinal);
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

        Assert.Contains("labels.csv: Line 1: expected a path inside the folder", Refusal(() => ImageFolder.LoadLabelled(_folder, labels)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_file()
    {
        Gray("a/1.pgm", 1);
        var wide = Path.Combine(_folder, "a", "2.pgm");
        File.WriteAllBytes(wide, Encoding.ASCII.GetBytes("P2 4 1 9 1 2 3 4"));
        Assert.StartsWith($"{wide}: expected an image of 1×1×3 (channels×height×width); it is 1×1×4.", Refusal(() => ImageFolder.Load(_folder)), StringComparison.Ordinal);
        Assert.Contains("1.pgm: expected an image of 1×1×4", Refusal(() => ImageFolder.Load(_folder, new ImageFolderOptions { Shape = new ImageShape(1, 1, 4) })), StringComparison.Ordinal);
        File.WriteAllBytes(wide, [1, 2, 3]);
        Assert.StartsWith($"{wide}: Expected a PNG, JPEG, PGM or PPM", Refusal(() => ImageFolder.Load(_folder)), StringComparison.Ordinal);
        Assert.Contains("1.pgm: expected images in the folders of their classes", Refusal(() => ImageFolder.Load(Path.Combine(_folder, "a"))), StringComparison.Ordinal);
        Assert.Contains("but got one column", Refusal(() => ImageFolder.LoadLabelled(_folder, Write("l.csv", "a/1.pgm\n"))), StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load(_folder + "x"));
        Assert.Throws<FileNotFoundException>(() => ImageFolder.LoadLabelled(_folder, Write("m.csv", "a/9.pgm,a\n")));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new ImageFolderOptions { Channels = 2 }));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new ImageFolderOptions { Channels = 3, Shape = new ImageShape(1, 1, 3) }));
        Assert.Throws<ArgumentException>(() => ImageFolder.Load(_folder, new ImageFolderOptions { ClassNames = ["a", "a"] }));
        Assert.Throws<ArgumentException>(() => ImageFolder.LoadLabelled(_folder, Write("n.csv", "x,y\n"), new ImageFolderOptions { LabelsDelimiter = '"' }));
    }

    [Theory]
    [InlineData("one.pgm,a\none.pgm\n", "Line 2: expected a path and a class")]
    [InlineData("one.pgm,\"a\n", "expected well-formed CSV")]
    [InlineData("one.pgm,\u00E9\n", "Expected text in UTF-8")]
    public void Whatever_is_wrong_with_labels_is_told_with_their_file(string text, string message)
    {
        Gray("one.pgm", 1);
        var labels = Path.Combine(_folder, "labels.csv");
        File.WriteAllBytes(labels, Encoding.Latin1.GetBytes(text));

        var refusal = Refusal(() => ImageFolder.LoadLabelled(_folder, labels));

        Assert.StartsWith($"{labels}: ", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_are_cut_or_become_too_long_are_told_with_their_file()
    {
        Gray("one.pgm", 1);
        var labels = Path.Combine(_folder, "labels.csv.gz");
        var packed = IdxFileTests.Gzip(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("one.pgm,a\n", 8_000_000))));
        File.WriteAllBytes(labels, packed);
        var tooLong = Refusal(() => ImageFolder.LoadLabelled(_folder, labels));
        File.WriteAllBytes(labels, packed[..(packed.Length / 2)]);
        var cut = Refusal(() => ImageFolder.LoadLabelled(_folder, labels));

        Assert.StartsWith($"{labels}: Expected {packed.Length} bytes of gzip to become at most 67108864; more would come. Decompress it", tooLong, StringComparison.Ordinal);
        Assert.StartsWith($"{labels}: Expected a complete gzip file; it is truncated", cut, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_folders_and_files_are_no_classes_and_no_images_and_are_listed()
    {
        Gray("cat/1.pgm", 1);
        Gray("dog/2.pgm", 2);
        Gray(".ipynb_checkpoints/1.pgm", 3);
        Gray("__MACOSX/1.pgm", 3);
        Gray("cat/.ipynb_checkpoints/1.pgm", 3);
        Gray("cat/._1.pgm", 3);
        Write("cat/notes.txt", "no image");
        var images = ImageFolder.Load(_folder);

        Assert.Equal(["cat", "dog"], images.ClassNames.AsEnumerable());
        Assert.Equal([0f, 1], images.Data.Targets.ToArray());
        Assert.Equal(
            [".ipynb_checkpoints", "__MACOSX", "cat/._1.pgm", "cat/.ipynb_checkpoints", "cat/notes.txt"],
            images.LeftOut.Select(path => Path.GetRelativePath(_folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_with_underlines_or_an_at_sign_is_a_class_or_an_image_like_others()
    {
        Gray("__background__/__1.pgm", 1);
        Gray("dog/@2x.pgm", 2);
        Gray("@eaDir/1.pgm", 3);
        var images = ImageFolder.Load(_folder);

        Assert.Equal(["__background__", "dog"], images.ClassNames.AsEnumerable());
        Assert.Equal(2, images.Data.Count);
        Assert.Equal("@eaDir", Path.GetFileName(Assert.Single(images.LeftOut)));
    }

    [Fact]
    public void A_class_without_an_image_is_refused()
    {
        Gray("cat/1.pgm", 1);
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "bird")).FullName;

        Assert.StartsWith($"{empty}: expected at least one image in the folder of a class", Refusal(() => ImageFolder.Load(_folder)), StringComparison.Ordinal);
        Assert.Equal(["cat"], ImageFolder.Load(_folder, new ImageFolderOptions { SkipOthers = true }).ClassNames.AsEnumerable());
        // A class that is listed has its index, though this folder has no image of it.
        Assert.Equal([1f], ImageFolder.Load(_folder, new ImageFolderOptions { ClassNames = ["bird", "cat"] }).Data.Targets.ToArray());
    }

    [Theory]
    [InlineData("cat/2.tiff", "")]
    [InlineData("cat/2.BMP", "")]
    [InlineData("cat/2.webp", "")]
    [InlineData("cat/2", "\u00FF\u00D8\u00FF\u00E0")]
    [InlineData("cat/2.old", "GIF89a")]
    [InlineData("beside.png", "")]
    [InlineData("cat/deeper/2.pgm", "")]
    public void An_image_that_would_be_lost_is_refused_by_name(string name, string content)
    {
        Gray("cat/1.pgm", 1);
        Gray(name, 1);
        File.WriteAllBytes(Path.Combine(_folder, name), Encoding.Latin1.GetBytes(content));
        var lost = Path.Combine(_folder, name.StartsWith("cat/deeper", StringComparison.Ordinal) ? "cat/deeper" : name);

        Assert.StartsWith($"{lost}: expected", Refusal(() => ImageFolder.Load(_folder)), StringComparison.Ordinal);
        var others = ImageFolder.Load(_folder, new ImageFolderOptions { SkipOthers = true });
        Assert.Equal(1, others.Data.Count);
        Assert.Equal([lost], others.LeftOut.AsEnumerable());
    }

    [Fact]
    public void A_header_of_labels_that_is_none_is_refused()
    {
        Gray("one.pgm", 1);

        Assert.Contains("Set LabelsHaveHeader = false", Refusal(() => ImageFolder.LoadLabelled(_folder, Write("l.csv", "one.pgm,a\n"), new ImageFolderOptions { LabelsHaveHeader = true })), StringComparison.Ordinal);
        Assert.Contains("set LabelsDelimiter = ';'", Refusal(() => ImageFolder.LoadLabelled(_folder, Write("m.csv", "one.pgm;a\n"))), StringComparison.Ordinal);
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
