using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>What an operation keeps from step to step of a stream.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Value">The value that is kept.</param>
/// <param name="Steps">That of so many last steps.</param>
/// <param name="IsRing">Whether the places of the steps are a ring; otherwise there is the last step's alone.</param>
/// <param name="InitialValue">What every element is in a new stream.</param>
internal sealed record StateSlot(string Name, Value Value, int Steps, bool IsRing, float InitialValue = 0)
{
    /// <summary>One value, in the order of axes in which it is stored.</summary>
    public TensorType Type => Value.Type;
}
