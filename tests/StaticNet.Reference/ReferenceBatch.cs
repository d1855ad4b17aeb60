namespace StaticNet.Reference;

/// <summary>Which elements a dropout layer keeps, or which channels a spatial one.</summary>
/// <param name="layer">The layer's full name.</param>
/// <param name="sample">The sample's place in the batch.</param>
/// <param name="length">The number of elements, or of channels.</param>
/// <returns>True for each element, or channel, that is kept.</returns>
public delegate bool[] DropoutMask(string layer, int sample, int length);

/// <summary>Samples with targets.</summary>
/// <param name="Inputs">The samples.</param>
/// <param name="Targets">The targets of all losses, one after the other, for each sample.</param>
public sealed record ReferenceBatch(double[][] Inputs, double[][] Targets)
{
    /// <summary>A factor for each sample's loss; null means 1.</summary>
    public double[]? SampleWeights { get; init; }

    /// <summary>The steps that each sequence has; null: all have all steps.</summary>
    public int[]? SequenceLengths { get; init; }

    /// <summary>The factor of the sum over samples; their mean by default.</summary>
    public double Scale { get; init; } = 1.0 / Inputs.Length;

    /// <summary>What dropout keeps; null switches dropout off.</summary>
    public DropoutMask? Dropout { get; init; }

    /// <summary>The first and the second half, as micro-batches with this batch's scale; none of a single sample.</summary>
    public ReferenceBatch[] Halves()
    {
        var half = Inputs.Length / 2;
        return half == 0 ? [] : [Part(..half), Part(half..)];
    }

    // Dropout asks for a sample by its place in the batch, which would be another one in a part.
    private ReferenceBatch Part(Range range) => this with
    {
        Inputs = Inputs[range],
        Targets = Targets[range],
        SampleWeights = SampleWeights?[range],
        SequenceLengths = SequenceLengths?[range],
        Dropout = Dropout is null ? null : throw new InvalidOperationException("A batch with dropout is not split."),
    };
}
