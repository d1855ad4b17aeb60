namespace StaticNet.Generator.Vocabulary;

/// <summary>What stands between the inputs; the names are those of the enum <c>StaticNet.Interpolation</c>.</summary>
internal enum InterpolationKind
{
    Nearest,
    Bilinear,
}
