namespace StaticNet.Generator.Vocabulary;

/// <summary>How a parameter starts; the names are those of the enum <c>StaticNet.Initializer</c>.</summary>
internal enum InitializerKind
{
    Default,
    Zeros,
    Constant,
    Uniform,
    Normal,
    FanIn,
    GlorotUniform,
    GlorotNormal,
    HeUniform,
    HeNormal,
    LeCunUniform,
    LeCunNormal,
    Orthogonal,
    Sparse,
}
