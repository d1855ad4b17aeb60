using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The images of a folder with their classes, none of them read yet.</summary>
/// <param name="Paths">The files.</param>
/// <param name="Classes">The class of each.</param>
/// <param name="ClassNames">The names of the classes in the order of their indices.</param>
/// <param name="LeftOut">What was skipped.</param>
internal sealed record ImageFiles(ImmutableArray<string> Paths, ImmutableArray<int> Classes, ImmutableArray<string> ClassNames, ImmutableArray<string> LeftOut)
{
    /// <summary>Finds the images of a folder that has a folder for each class.</summary>
    public static ImageFiles Find(string folder, ImageFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
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
            return Of(folder, files, [.. classes], scan.LeftOut);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Finds the images that a CSV file names.</summary>
    public static ImageFiles FindLabelled(string folder, string labelsPath, ImageFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        options.Check();
        ArgumentNullException.ThrowIfNull(labelsPath);
        var labels = CsvText.Named(labelsPath, () => ReadLabels(folder, labelsPath, options));
        var classes = options.ClassNames?.ToArray()
            ?? [.. labels.Select(label => label.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var indices = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        return Of(folder, [.. labels.Select(label => (label.Path, indices[label.Class]))], [.. classes], []);
    }

    private static ImageFiles Of(string folder, List<(string Path, int Class)> files, ImmutableArray<string> classNames, IReadOnlyList<string> leftOut) => files.Count > 0
        ? new ImageFiles([.. files.Select(file => file.Path)], [.. files.Select(file => file.Class)], classNames, [.. leftOut])
        : throw new DataFormatException($"{folder}: expected at least one image; there is none.");

    private static List<(string Path, string Class)> ReadLabels(string folder, string labelsPath, ImageFolderOptions options)
    {
        var csv = new CsvOptions { Delimiter = options.LabelsDelimiter, DecompressionAdvice = "Decompress it if it can be trusted." };
        csv.Check();
        using var text = CsvText.Open(labelsPath, csv.Format);
        var root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        var labels = new List<(string Path, string Class)>();
        for (var isHeader = options.LabelsHaveHeader; text.Read(); isHeader = false)
        {
            if (text.Reader.FieldCount < 2)
                throw new DataFormatException(
                    $"Line {text.Line}: expected a path and a class, but got one column." +
                    $"{new CsvAdvice(csv).OfDelimiter(text.Reader.GetString(0)).Replace("Delimiter =", "LabelsDelimiter =", StringComparison.Ordinal)}");
            var (name, label) = (text.Reader.GetString(0), text.Reader.GetString(1));
            if (isHeader)
            {
                if (!name.Contains('\0', StringComparison.Ordinal) && File.Exists(Path.Combine(root, name)))
                    throw new DataFormatException(
                        $"Line {text.Line}: expected the names of the columns, since LabelsHaveHeader is true, but got the name of an " +
                        $"existing file, '{Shorten(name)}'. Set LabelsHaveHeader = false.");
                continue;
            }
            var path = name.Contains('\0', StringComparison.Ordinal) ? root : Path.GetFullPath(Path.Combine(root, name));
            if (path.Length == root.Length || !path.StartsWith(root, StringComparison.Ordinal))
                throw new DataFormatException($"Line {text.Line}: expected a path inside the folder, but got '{Shorten(name)}'.");
            if (options.ClassNames is { } classes && !classes.Contains(label, StringComparer.Ordinal))
                throw new DataFormatException(
                    $"Line {text.Line}: expected one of {Shorten(string.Join(", ", classes))}, but got '{Shorten(label)}'.");
            labels.Add((path, label));
        }
        return labels;
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
