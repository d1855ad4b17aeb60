using System.Collections.Immutable;
using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>The images of a folder as samples, each read, decoded and brought to the common size when it is needed, for more
/// images than fit into memory.</summary>
/// <remarks>
/// Decoding takes longer than copying, and allocates: train with <see cref="TrainerOptions.Prefetch"/>, so that a separate thread
/// does both. Samples, classes and shapes are those of <see cref="ImageFolder"/>, bit for bit. An invalid file is detected when
/// it is read; the message names it.
/// </remarks>
public sealed class ImageFolderSource : DataSource
{
    private readonly ImageFiles _files;
    private readonly ImageFolderOptions _options;

    private ImageFolderSource(ImageFiles files, ImageFolderOptions options)
    {
        _files = files;
        _options = options;
        Shape = options.Shape ?? options.Read(files.Paths[0], null).Shape;
    }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The names of the classes in the order of their indices.</summary>
    public ImmutableArray<string> ClassNames => _files.ClassNames;

    /// <summary>The file of each sample.</summary>
    public ImmutableArray<string> Files => _files.Paths;

    /// <summary>The files and folders that were skipped; see <see cref="ImageFolder.LeftOut"/>.</summary>
    public ImmutableArray<string> LeftOut => _files.LeftOut;

    /// <inheritdoc/>
    public override int Count => _files.Paths.Length;

    /// <inheritdoc/>
    public override int InputLength => Shape.Length;

    /// <inheritdoc/>
    public override int TargetLength => 1;

    /// <summary>Finds the images of a folder that has a folder of images for each class.</summary>
    /// <param name="folder">The folder; see <see cref="ImageFolder.Load(string, ImageFolderOptions?)"/>.</param>
    /// <param name="options">Which images to take; null for all, which then must have the shape of the first.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">There is no image, a class has none, an image would be lost, or the first is not
    /// valid.</exception>
    /// <exception cref="IOException">A file or folder does not exist or cannot be read.</exception>
    public static ImageFolderSource Open(string folder, ImageFolderOptions? options = null)
    {
        options ??= new ImageFolderOptions();
        return new ImageFolderSource(ImageFiles.Find(folder, options), options);
    }

    /// <summary>Finds the images that a CSV file names, with their classes.</summary>
    /// <param name="folder">Where the images are.</param>
    /// <param name="labelsPath">A CSV file with an image's path in the folder and the name of its class in each row; see
    /// <see cref="ImageFolder.LoadLabelled"/>.</param>
    /// <param name="options">Which images to take, and the format of the file; null for all images, commas and no header.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="DataFormatException">There is no image, a path leaves the folder, a class is not one of those wanted, or
    /// the first image is not valid.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static ImageFolderSource OpenLabelled(string folder, string labelsPath, ImageFolderOptions? options = null)
    {
        options ??= new ImageFolderOptions();
        return new ImageFolderSource(ImageFiles.FindLabelled(folder, labelsPath, options), options);
    }

    /// <inheritdoc/>
    public override string PlaceOf(int sample)
    {
        RequireSamples([sample]);
        return _files.Paths[sample];
    }

    /// <summary>Reads the images of samples.</summary>
    /// <inheritdoc/>
    /// <exception cref="DataFormatException">A file is not valid, or has another shape.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public override void GatherInputs(ReadOnlySpan<int> samples, Span<float> inputs)
    {
        Require(samples, InputLength, inputs);
        for (var i = 0; i < samples.Length; i++)
            _options.Read(_files.Paths[samples[i]], Shape).Values.CopyTo(inputs[(i * InputLength)..]);
    }

    /// <inheritdoc/>
    public override void GatherTargets(ReadOnlySpan<int> samples, Span<float> targets)
    {
        Require(samples, 1, targets);
        for (var i = 0; i < samples.Length; i++)
            targets[i] = _files.Classes[samples[i]];
    }
}
