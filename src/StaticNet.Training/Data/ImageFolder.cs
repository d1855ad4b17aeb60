using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>A data set of the images in a folder, with the names of their classes; see <see cref="ImageFile"/> for the formats.</summary>
/// <remarks>
/// Files are taken in ordinal order of their names, so that the order is the same on every machine. Images are channels first, 0 to 1; the
/// target is the class's index.
/// </remarks>
public sealed class ImageFolder
{
    private ImageFolder(
        DataSet data, ImageShape shape, ImmutableArray<string> classNames, ImmutableArray<string> files, ImmutableArray<string> leftOut)
    {
        LeftOut = leftOut;
        Data = data;
        Shape = shape;
        ClassNames = classNames;
        Files = files;
    }

    /// <summary>The samples.</summary>
    public DataSet Data { get; }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The names of the classes in the order of their indices.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>The file of each sample.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>The files and folders that were passed over: hidden ones, files that are no images, and, with
    /// <see cref="ImageFolderOptions.ClassNames"/> and <see cref="ImageFolderOptions.SkipOthers"/>, what they leave out.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>Loads a folder that has a folder of images for each class, which is called after it.</summary>
    /// <param name="folder">
    /// The folder. Hidden files and folders (whose names begin with <c>.</c>, <c>__</c> or <c>@</c>) and files that are no images are left out
    /// and listed in <see cref="LeftOut"/>. What looks like an image that would be lost is refused: one of another format, one beside the
    /// folders of classes, one in a folder within them; and so is a class without an image.
    /// </param>
    /// <param name="options">Which images to take; null for all, as they are.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">There is no image, a class has none, an image would be lost, a file is not valid, or an image has
    /// another shape: the message names the file.</exception>
    /// <exception cref="IOException">A file or folder is not there or cannot be read.</exception>
    public static ImageFolder Load(string folder, ImageFolderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new ImageFolderOptions();
        options.Check();
        try
        {
            var scan = new ImageFolderScan(options);
            var classes = new List<string>();
            var files = new List<(string Path, int Class)>();
            foreach (var name in scan.Classes(folder))
            {
                var images = scan.Images(Path.Combine(folder, name));
                if (images.Count == 0 && options.ClassNames is null)
                    continue;
                files.AddRange(images.Select(path => (path, classes.Count)));
                classes.Add(name);
            }
            return Load(folder, files, [.. classes], options, scan.LeftOut);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Loads the images that a CSV file names, with their classes.</summary>
    /// <param name="folder">Where the images are.</param>
    /// <param name="labelsPath">
    /// Rows of two columns or more: an image's path in the folder, and the name of its class. Samples come in its order.
    /// </param>
    /// <param name="options">Which images to take, and how the file is made up; null for all images, commas and no header.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">There is no image, a file is not valid, a path leaves the folder, a class is not one of those
    /// wanted, or an image has another shape.</exception>
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    public static ImageFolder LoadLabelled(string folder, string labelsPath, ImageFolderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        options ??= new ImageFolderOptions();
        options.Check();
        ArgumentNullException.ThrowIfNull(labelsPath);
        var labels = CsvText.Named(labelsPath, () => ReadLabels(folder, labelsPath, options));
        var classes = options.ClassNames?.ToArray()
            ?? [.. labels.Select(label => label.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var indices = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        return Load(folder, [.. labels.Select(label => (label.Path, indices[label.Class]))], [.. classes], options, []);
    }

    private static List<(string Path, string Class)> ReadLabels(string folder, string labelsPath, ImageFolderOptions options)
    {
        var csv = new CsvOptions { Delimiter = options.LabelsDelimiter, DecompressionAdvice = "Decompress it if it can be trusted." };
        csv.Check();
        using var text = CsvText.Open(labelsPath, csv);
        var root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        var labels = new List<(string Path, string Class)>();
        for (var isHeader = options.LabelsHaveHeader; text.Read(); isHeader = false)
        {
            if (text.Reader.FieldCount < 2)
                throw new DataFormatException(
                    $"Line {text.Line}: expected a path and a class; one column came." +
                    $"{new CsvAdvice(csv).OfDelimiter(text.Reader.GetString(0)).Replace("Delimiter =", "LabelsDelimiter =", StringComparison.Ordinal)}");
            var (name, label) = (text.Reader.GetString(0), text.Reader.GetString(1));
            if (isHeader)
            {
                if (!name.Contains('\0', StringComparison.Ordinal) && File.Exists(Path.Combine(root, name)))
                    throw new DataFormatException(
                        $"Line {text.Line}: expected the names of the columns, for LabelsHaveHeader is true; the file " +
                        $"'{Shorten(name)}' came, which is there. Set LabelsHaveHeader = false.");
                continue;
            }
            var path = name.Contains('\0', StringComparison.Ordinal) ? root : Path.GetFullPath(Path.Combine(root, name));
            if (path.Length == root.Length || !path.StartsWith(root, StringComparison.Ordinal))
                throw new DataFormatException($"Line {text.Line}: expected a path inside the folder; '{Shorten(name)}' came.");
            if (options.ClassNames is { } classes && !classes.Contains(label, StringComparer.Ordinal))
                throw new DataFormatException(
                    $"Line {text.Line}: expected one of {Shorten(string.Join(", ", classes))}; '{Shorten(label)}' came.");
            labels.Add((path, label));
        }
        return labels;
    }

    private static ImageFolder Load(
        string folder,
        List<(string Path, int Class)> files,
        ImmutableArray<string> classes,
        ImageFolderOptions options,
        IReadOnlyList<string> leftOut)
    {
        if (files.Count == 0)
            throw new DataFormatException($"{folder}: expected at least one image; there is none.");
        var shape = options.Shape;
        float[] inputs = [];
        for (var i = 0; i < files.Count; i++)
        {
            var image = ImageFile.Load(files[i].Path, options.MaxImageLength);
            image = options.Channels is { } channels ? image.ToChannels(channels) : image;
            if (shape is null || i == 0)
            {
                shape ??= image.Shape;
                if ((long)files.Count * shape.Value.Length > Array.MaxLength)
                    throw new DataFormatException(
                        $"{folder}: expected at most {Array.MaxLength} numbers; {files.Count} images of {shape} have more.");
                inputs = new float[files.Count * shape.Value.Length];
            }
            if (image.Shape != shape)
                throw new DataFormatException(
                    $"{files[i].Path}: expected an image of {shape} (channels×height×width); it is {image.Shape}.");
            image.Values.CopyTo(inputs, i * image.Values.Length);
        }
        var data = new DataSet(shape!.Value.Length, 1, inputs, [.. files.Select(file => (float)file.Class)]);
        return new ImageFolder(data, shape.Value, classes, [.. files.Select(file => file.Path)], [.. leftOut]);
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
