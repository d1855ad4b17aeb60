namespace StaticNet.Reference;

/// <summary>Which elements a dropout layer keeps.</summary>
/// <param name="layer">The layer's full name.</param>
/// <param name="sample">The sample's place in the batch.</param>
/// <param name="length">The number of elements.</param>
/// <returns>True for each element that is kept.</returns>
public delegate bool[] DropoutMask(string layer, int sample, int length);

/// <summary>Samples with targets.</summary>
/// <param name="Inputs">The samples.</param>
/// <param name="Targets">The targets of all losses, one after the other, for each sample.</param>
public sealed record ReferenceBatch(double[][] Inputs, double[][] Targets)
{
    /// <summary>A factor for each sample's loss; null means 1.</summary>
    public double[]? SampleWeights { get; init; }

    /// <summary>The factor of the sum over samples; their mean by default.</summary>
    public double Scale { get; init; } = 1.0 / Inputs.Length;

    /// <summary>What dropout keeps; null switches dropout off.</summary>
    public DropoutMask? Dropout { get; init; }
}
