namespace StaticNet.Generator.Operations;

/// <summary>How two elements are compared.</summary>
internal enum ComparisonKind
{
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
