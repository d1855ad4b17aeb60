namespace StaticNet.Generator.Operations;

/// <summary>What a join makes of the elements of two values.</summary>
internal enum JoinKind
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Minimum,
    Maximum,
}
