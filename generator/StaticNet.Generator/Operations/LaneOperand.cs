namespace StaticNet.Generator.Operations;

/// <summary>A vector that an element function takes: element i belongs to channel i, unless there is one element for all.</summary>
/// <param name="Parameter">The parameter that it is; or</param>
/// <param name="Vectors">the vectors of a batch that it is among,</param>
/// <param name="Row">as which one.</param>
internal readonly record struct LaneOperand(Parameter? Parameter, Value? Vectors = null, int Row = 0)
{
    /// <summary>Whether it has an element for each of a sample's, in the logical order, instead.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether one number serves all elements.</summary>
    public bool IsUniform => Parameter is { Count: 1 };
}
