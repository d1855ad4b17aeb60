namespace StaticNet;

/// <summary>The role of a parameter in its layer; decides, among other things, whether weight decay applies to it.</summary>
public enum ParameterKind
{
    /// <summary>A weight of a product. The only kind that weight decay applies to by default.</summary>
    Weight,

    /// <summary>A bias.</summary>
    Bias,

    /// <summary>A learned slope of PReLU.</summary>
    Slope,

    /// <summary>The factor of a normalised value.</summary>
    Gain,

    /// <summary>The factor of a subsampled window.</summary>
    Coefficient,

    /// <summary>The direction of a weight that is learned separately from its magnitude.</summary>
    Direction,

    /// <summary>The magnitude of a weight that is learned separately from its direction.</summary>
    Magnitude,

    /// <summary>A running statistic: no gradient changes it, but a training step may.</summary>
    Statistic,

    /// <summary>A fixed tensor, <see cref="ConstantAttribute"/>: only the user changes it.</summary>
    Constant,
}
