namespace StaticNet;

/// <summary>The mean over axes, which are removed; the mean over all of them is [1].</summary>
public sealed class MeanAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="axes">The axes, without the batch, each at most once; negative ones count from the last. None means all.</param>
    public MeanAttribute(params int[] axes) => Axes = axes;

    /// <summary>The axes.</summary>
    public int[] Axes { get; }
}
