namespace StaticNet.Generator.Vocabulary;

/// <summary>How a sample's terms become one number; the names are those of the enum <c>StaticNet.Reduction</c>.</summary>
internal enum ReductionKind
{
    Mean,
    Sum,
}
