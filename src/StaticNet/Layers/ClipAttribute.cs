namespace StaticNet;

/// <summary>min(max(x, <see cref="Min"/>), <see cref="Max"/>), element by element; with one of the two, the maximum or minimum with a constant.</summary>
/// <remarks>The derivative is 1 from bound to bound, at both too, and 0 beyond. NaN stays NaN.</remarks>
public sealed class ClipAttribute : LayerAttribute
{
    /// <summary>The least output. Default: −∞, which cuts nothing.</summary>
    public float Min { get; set; } = Defaults.NoMinimum;

    /// <summary>The greatest output, at least <see cref="Min"/>. Default: ∞, which cuts nothing.</summary>
    public float Max { get; set; } = Defaults.NoMaximum;
}
