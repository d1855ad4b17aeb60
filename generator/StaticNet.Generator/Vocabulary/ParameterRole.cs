namespace StaticNet.Generator.Vocabulary;

/// <summary>What a parameter is to its layer; the names are those of the enum <c>StaticNet.ParameterKind</c>.</summary>
internal enum ParameterRole
{
    Weight,
    Bias,
    Slope,
    Gain,
    Coefficient,
    Direction,
    Magnitude,
    Statistic,
}
