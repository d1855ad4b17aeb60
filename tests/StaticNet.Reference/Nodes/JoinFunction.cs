namespace StaticNet.Reference.Nodes;

/// <summary>What a join makes of two numbers.</summary>
internal enum JoinFunction
{
    Subtract,
    Divide,
    Minimum,
    Maximum,
}
