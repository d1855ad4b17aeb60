namespace StaticNet.Audio;

/// <summary>What an importer cannot take from the file.</summary>
public sealed record AudioImportOptions
{
    /// <summary>The class's name, a C# identifier; null: of the name in the file's metadata or of the file, <c>my-amp.nam</c> → <c>MyAmp</c>.</summary>
    public string? ClassName { get; init; }

    /// <summary>The namespace; null: none.</summary>
    public string? Namespace { get; init; }

    /// <summary>
    /// The steps of a sequence in training and in <c>Forward</c>, 2 to 1,048,576; streams have any length.
    /// </summary>
    public int Steps { get; init; } = 64;

    /// <summary>
    /// The sample rate to run at as a whole multiple of the capture's, 1 to 16: the dilations of all convolutions are multiplied by it, so the
    /// capture at 48 kHz runs at 96 kHz with 2. Recurrent layers cannot be changed in this way: see <see cref="InterleavedStream{TNetwork}"/>.
    /// </summary>
    public int Oversampling { get; init; } = 1;

    /// <summary>
    /// The size of a slimmable capture, 0 to 1: the part of its channels, or which of several models it is. 1 is all of it, with the best
    /// sound; smaller ones cost less. Others ignore it.
    /// </summary>
    public double Size { get; init; } = 1;

    /// <summary>The dilation of convolutions whose file does not say it, as PyTorch's tensors do not: 1 or more.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>The groups of convolutions whose file does not say it, as PyTorch's tensors do not: 1 or more.</summary>
    public int Groups { get; init; } = 1;
}
