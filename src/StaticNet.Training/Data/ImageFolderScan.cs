using StaticNet.Data;
using StaticNet.Serialization;

namespace StaticNet.Training;

/// <summary>Finds the images of class folders. What it passes over it lists, and an image that would be lost it refuses.</summary>
/// <param name="options">Which folders are classes, and whether others may be skipped.</param>
internal sealed class ImageFolderScan(ImageFolderOptions options)
{
    private static readonly HashSet<string> OfTools = new(StringComparer.OrdinalIgnoreCase) { "__MACOSX", "__pycache__", "@eaDir", "Thumbs.db", "desktop.ini" };

    private static readonly string[] Readable = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".pgm", ".ppm", ".pnm"];

    private static readonly string[] Unreadable =
        [".gif", ".bmp", ".webp", ".tif", ".tiff", ".avif", ".heic", ".heif", ".jxl", ".jp2", ".tga", ".svg", ".pbm", ".pam"];

    private readonly List<string> _leftOut = [];

    /// <summary>The files and folders that were skipped.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>The names of the folder's classes, in the order of their indices.</summary>
    /// <exception cref="DataFormatException">There are images beside the classes.</exception>
    public string[] Classes(string folder)
    {
        foreach (var file in Ordered(Directory.GetFiles(folder)))
        {
            if (!IsHidden(file) && IsImage(file))
                Refuse(file, $"expected images in the folders of their classes; this one is next to those folders, in {folder}: move it into one");
            _leftOut.Add(file);
        }
        if (options.ClassNames is { } names)
        {
            _leftOut.AddRange(Ordered(Directory.GetDirectories(folder)).Where(path => !names.Contains(Path.GetFileName(path), StringComparer.Ordinal)));
            return [.. names];
        }
        var classes = new List<string>();
        foreach (var path in Ordered(Directory.GetDirectories(folder)))
        {
            if (IsHidden(path))
                _leftOut.Add(path);
            else
                classes.Add(Path.GetFileName(path));
        }
        return [.. classes];
    }

    /// <summary>The images of one class, in ordinal order of their names.</summary>
    /// <exception cref="DataFormatException">There is none, or one that would be lost.</exception>
    public List<string> Images(string folder)
    {
        foreach (var inner in Ordered(Directory.GetDirectories(folder)))
        {
            if (!IsHidden(inner) && HasImage(inner))
                Refuse(inner, "expected the images of a class directly in its folder; this folder within it has images too");
            _leftOut.Add(inner);
        }
        var images = new List<string>();
        foreach (var file in Ordered(Directory.GetFiles(folder)))
        {
            if (!IsHidden(file) && Has(file, Readable))
            {
                images.Add(file);
                continue;
            }
            if (!IsHidden(file) && IsImage(file))
                Refuse(file, "expected images in PNG, JPEG, PGM or PPM, whose names end in .png, .jpg, .jpeg, .pgm, .ppm or .pnm; convert or rename it");
            _leftOut.Add(file);
        }
        // Of classes that are listed one may have no image here: a test set need not have every class of the training set.
        if (images.Count == 0 && options.ClassNames is null && !options.SkipOthers)
            throw new DataFormatException(
                $"{folder}: expected at least one image in the folder of a class; there is none. List the classes in ClassNames to leave it out.");
        if (images.Count == 0 && options.ClassNames is null)
            _leftOut.Add(folder);
        return images;
    }

    private static IEnumerable<string> Ordered(string[] paths) => paths.Order(StringComparer.Ordinal);

    /// <summary>What begins with a point (.git, .ipynb_checkpoints), and what other tools and file managers leave.</summary>
    private static bool IsHidden(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith('.') || OfTools.Contains(name)
            || (OperatingSystem.IsWindows() && (File.GetAttributes(path) & FileAttributes.Hidden) != 0);
    }

    private static bool Has(string path, string[] extensions) => extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>By the name, or by the first bytes where the name says nothing.</summary>
    private static bool IsImage(string path)
    {
        if (Has(path, Readable) || Has(path, Unreadable))
            return true;
        Span<byte> start = stackalloc byte[FileKind.Length];
        using var file = File.OpenRead(path);
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return FileKind.Describe(start)?.Contains(" image: ", StringComparison.Ordinal) ?? false;
    }

    private static bool HasImage(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8 })
            .Any(path => Has(path, Readable) || Has(path, Unreadable));

    private void Refuse(string path, string why)
    {
        if (!options.SkipOthers)
            throw new DataFormatException($"{path}: {why}, or set SkipOthers to skip such files.");
    }
}
