namespace StaticNet;

/// <summary>
/// Instance normalisation: of each sample and channel (the first axis) over all positions. Parameters, if <c>Affine</c> is true
/// (here, it is false by default): <c>weight</c> [channel] and <c>bias</c> [channel]. Ulyanov et al., 2016.
/// </summary>
public sealed class InstanceNormAttribute : NormalizationAttribute
{
    /// <summary>Declares the layer.</summary>
    public InstanceNormAttribute() => Affine = false;
}
