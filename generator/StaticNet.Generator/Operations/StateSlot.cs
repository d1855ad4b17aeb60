using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>What an operation keeps from step to step of a stream.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Value">The value that is kept.</param>
/// <param name="Steps">That of so many last steps; 1: of the last one.</param>
internal sealed record StateSlot(string Name, Value Value, int Steps)
{
    /// <summary>One value, in the order of axes in which it is stored.</summary>
    public TensorType Type => Value.Type;
}
