namespace StaticNet;

/// <summary>The axes of a sample in another order: axis i of the output is axis <c>axes[i]</c> of the input.</summary>
public sealed class PermuteAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="axes">The input's axes, without the batch, each of them once; negative ones count from the last.</param>
    public PermuteAttribute(params int[] axes) => Axes = axes;

    /// <summary>The input's axes in the order of the output.</summary>
    public int[] Axes { get; }
}
