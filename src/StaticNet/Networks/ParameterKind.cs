namespace StaticNet;

/// <summary>What a parameter is to its layer; decides, among others, whether weight decay applies to it.</summary>
public enum ParameterKind
{
    /// <summary>A weight of a product. The only kind that weight decay applies to by default.</summary>
    Weight,

    /// <summary>A bias.</summary>
    Bias,

    /// <summary>A learned slope of PReLU.</summary>
    Slope,
}
