using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>A data set of the images in a folder, with the names of their classes; see <see cref="ImageFile"/> for the
/// formats.</summary>
/// <remarks>
/// Files are sorted by their names in ordinal order, so the order is the same on every machine. Images are channels first, 0
/// to 1; the target is the class index.
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

    /// <summary>The files and folders that were skipped: hidden ones, files that are not images, and what
    /// <see cref="ImageFolderOptions.ClassNames"/> and <see cref="ImageFolderOptions.SkipOthers"/> leave out.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>Loads a folder that has a folder of images for each class, which has the name of that folder.</summary>
    /// <param name="folder">The folder. Hidden files and folders (whose names begin with <c>.</c>; on Windows those marked so),
    /// files left by tools (<c>__MACOSX</c>, <c>__pycache__</c>, <c>@eaDir</c>, <c>Thumbs.db</c>, <c>desktop.ini</c>) and files
    /// that are not images are skipped and listed in <see cref="LeftOut"/>. Anything that looks like an image and would be lost
    /// is refused: an image in another format, next to the class folders, or in a folder within one; so is a class without
    /// images.
    /// </param>
    /// <param name="options">Which images to take; null for all, unchanged.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">There is no image, a class has none, an image would be lost, a file is not valid, or
    /// an image has another shape: the message names the file.</exception>
    /// <exception cref="IOException">A file or folder does not exist or cannot be read.</exception>
    public static ImageFolder Load(string folder, ImageFolderOptions? options = null)
    {
        options ??= new ImageFolderOptions();
        return Load(folder, ImageFiles.Find(folder, options), options);
    }

    /// <summary>Loads the images that a CSV file names, with their classes.</summary>
    /// <param name="folder">Where the images are.</param>
    /// <param name="labelsPath">A CSV file with two columns or more: an image's path in the folder, and the name of its class.
    /// Samples have the order of its rows.
    /// </param>
    /// <param name="options">Which images to take, and how the file is made up; null for all images, commas and no
    /// header.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">There is no image, a file is not valid, a path leaves the folder, a class is not one
    /// of those wanted, or an image has another shape.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static ImageFolder LoadLabelled(string folder, string labelsPath, ImageFolderOptions? options = null)
    {
        options ??= new ImageFolderOptions();
        return Load(folder, ImageFiles.FindLabelled(folder, labelsPath, options), options);
    }

    private static ImageFolder Load(string folder, ImageFiles files, ImageFolderOptions options)
    {
        var paths = files.Paths;
        var shape = options.Shape;
        float[] inputs = [];
        for (var i = 0; i < paths.Length; i++)
        {
            var image = options.Read(paths[i], shape);
            if (i == 0)
            {
                shape ??= image.Shape;
                if ((long)paths.Length * shape.Value.Length > Array.MaxLength)
                    throw new DataFormatException(
                        $"{folder}: expected at most {Array.MaxLength} numbers; {paths.Length} images of {shape} have more. An {nameof(ImageFolderSource)} reads them as they are needed.");
                inputs = new float[paths.Length * shape.Value.Length];
            }
            image.Values.CopyTo(inputs, i * image.Values.Length);
        }
        var data = new DataSet(shape!.Value.Length, 1, inputs, [.. files.Classes.Select(index => (float)index)]).WithPlaces(sample => paths[sample]);
        return new ImageFolder(data, shape.Value, files.ClassNames, paths, files.LeftOut);
    }
}
