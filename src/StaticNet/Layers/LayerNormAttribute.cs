namespace StaticNet;

/// <summary>
/// Layer normalisation of each sample over its last axes. Parameters: <c>weight</c> and <c>bias</c>, each of the shape of the
/// axes that are normalised. Ba et al., 2016.
/// </summary>
public sealed class LayerNormAttribute : NormalizationAttribute
{
    /// <summary>
    /// The first of the axes that are normalised together: this one and all after it; a negative one counts from the last. Default: 0,
    /// the whole sample.
    /// </summary>
    public int FirstAxis { get; set; }
}
