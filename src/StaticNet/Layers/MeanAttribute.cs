namespace StaticNet;

/// <summary>The mean over axes, which vanish; the mean over all of them is [1].</summary>
public sealed class MeanAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="axes">The axes, without the batch, each once at most; negative counts from the last. None means all.</param>
    public MeanAttribute(params int[] axes) => Axes = axes;

    /// <summary>The axes.</summary>
    public int[] Axes { get; }
}
