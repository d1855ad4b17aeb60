namespace StaticNet.Training;

/// <summary>Which images an <see cref="ImageFolder"/> takes, and as what.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>The shape that every image must have; null, the default: that of the first.</summary>
    public ImageShape? Shape { get; init; }

    /// <summary>1 makes colours gray, 3 makes gray three equal channels; null, the default: as the files have it.</summary>
    public int? Channels { get; init; }

    /// <summary>
    /// The names of the classes in the order of their indices; others are left out (folders) or an error (labels). Null, the default: those
    /// that there are, in ordinal order.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>
    /// Whether images that cannot be taken, such as WebP beside PNG, and classes without an image are passed over instead of refused; see
    /// <see cref="ImageFolder.LeftOut"/>. Default: false.
    /// </summary>
    public bool SkipOthers { get; init; }

    /// <summary>Whether the first row of a file of labels has the columns' names. Default: false.</summary>
    public bool LabelsHaveHeader { get; init; }

    /// <summary>What stands between two fields of a file of labels. Default: a comma.</summary>
    public char LabelsDelimiter { get; init; } = ',';

    /// <summary>The most numbers that an image may have, 1 or more; 2²⁶ by default.</summary>
    public int MaxImageLength { get; init; } = ImageFile.DefaultMaxLength;

    internal void Check()
    {
        if (MaxImageLength < 1)
            throw new ArgumentException($"Expected images of at most 1 number or more; the limit is {MaxImageLength}.");
        if (Channels is not (null or 1 or 3))
            throw new ArgumentException($"Expected 1 or 3 channels, or null for those of the files; {Channels} came.");
        if (Shape is { } shape && Channels is { } channels && shape.Channels != channels)
            throw new ArgumentException($"Expected a shape of {channels} channels, as chosen; it is {shape}.");
        if (ClassNames is not null && ClassNames.Distinct(StringComparer.Ordinal).Count() != ClassNames.Count)
            throw new ArgumentException("Expected different names for the classes; one comes twice.");
    }
}
