namespace StaticNet;

/// <summary>min(max(x, <see cref="Min"/>), <see cref="Max"/>), element by element; with only one of the two, the maximum or
/// minimum with a constant.</summary>
/// <remarks>The derivative is 1 from bound to bound, both included, and 0 beyond. NaN stays NaN.</remarks>
public sealed class ClipAttribute : LayerAttribute
{
    /// <summary>The smallest output. Default: −∞, which means no bound.</summary>
    public float Min { get; set; } = Defaults.NoMinimum;

    /// <summary>The largest output, at least <see cref="Min"/>. Default: ∞, which means no bound.</summary>
    public float Max { get; set; } = Defaults.NoMaximum;
}
