using StaticNet.Data;

namespace StaticNet.Training;

/// <summary>Which images an <see cref="ImageFolder"/> takes, and how it converts them.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>The shape that every image must have, or to which <see cref="Fit"/> brings it; null (the default) for that of the
    /// first.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>
    /// 1 converts colours to gray, 3 converts gray to three equal channels; null (the default) for those of the files or, with
    /// <see cref="Fit"/>, those of <see cref="Shape"/>.
    /// </summary>
    public int? Channels { get; init; }

    /// <summary>How images of other sizes become <see cref="Shape"/>; null (the default): they are refused.</summary>
    public ImageFit? Fit { get; init; }

    /// <summary>How a pixel of an enlarged or reduced image is computed. Default: a mean whose weights fall linearly with the
    /// distance.</summary>
    public ImageResampling Resampling { get; init; }

    /// <summary>With <see cref="ImageFit.Pad"/>, the number around an image. Default: 0, black.</summary>
    public float PadValue { get; init; }

    /// <summary>
    /// The names of the classes in the order of their indices; others are skipped (folders) or an error (labels). Null (the
    /// default): those that exist, in ordinal order.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Whether images that cannot be read, such as WebP among PNG files, and classes without images are skipped instead of
    /// refused; see <see cref="ImageFolder.LeftOut"/>. Default: false.
    /// </summary>
    public bool SkipOthers { get; init; }

    /// <summary>Whether the first row of a file of labels has the columns' names. Default: false.</summary>
    public bool LabelsHaveHeader { get; init; }

    /// <summary>The separator of fields in a file of labels. Default: a comma.</summary>
    public char LabelsDelimiter { get; init; } = ',';

    /// <summary>The most numbers that an image may have, 1 or more; 2²⁶ by default.</summary>
    public int MaxImageLength { get; init; } = ImageFile.DefaultMaxLength;

    internal void Check()
    {
        if (MaxImageLength < 1)
            throw new ArgumentException($"Expected images of at most 1 number or more; the limit is {MaxImageLength}.");
        if (Fit is not null && Shape is null)
            throw new ArgumentException($"Expected a {nameof(Shape)} to which {nameof(Fit)} brings images; there is none.");
        if ((Fit is { } fit && !Enum.IsDefined(fit)) || !Enum.IsDefined(Resampling) || !float.IsFinite(PadValue))
            throw new ArgumentException($"Expected a fit, a resampling and a finite number to pad with, but got {Fit}, {Resampling} and {PadValue}.");
        if (Fit is not null && Channels is null && Shape is { Channels: not (1 or 3) })
            throw new ArgumentException($"Expected a shape of 1 or 3 channels; it is {Shape}.");
        if (Channels is not (null or 1 or 3))
            throw new ArgumentException($"Expected 1 or 3 channels, or null for those of the files, but got {Channels}.");
        if (Shape is { } shape && Channels is { } channels && shape.Channels != channels)
            throw new ArgumentException($"Expected a shape of {channels} channels, as chosen; it is {shape}.");
        if (ClassNames is not null && ClassNames.Distinct(StringComparer.Ordinal).Count() != ClassNames.Count)
            throw new ArgumentException("Expected different names for the classes; one comes twice.");
    }

    /// <summary>Reads an image as these options want it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The shape that it is to have; null for the first one.</param>
    /// <exception cref="DataFormatException">The file is not valid, or has another shape.</exception>
    internal ImageData Read(string path, ImageShape? shape)
    {
        var image = ImageFile.Load(path, MaxImageLength);
        if ((Channels ?? (Fit is null ? null : Shape?.Channels)) is { } channels)
            image = image.ToChannels(channels);
        if (Fit is { } fit && Shape is { } wanted)
            image = image.Resize(wanted.Height, wanted.Width, fit, Resampling, PadValue);
        return shape is null || image.Shape == shape
            ? image
            : throw new DataFormatException(
                $"{path}: expected an image of {shape} (channels×height×width); it is {image.Shape}. Set Shape and Fit to bring all to one size, or Channels to one number of channels.");
    }
}
