using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Operations;

/// <summary>What an operation keeps from step to step of a stream.</summary>
/// <param name="Type">One value, in the order of axes in which it is stored.</param>
/// <param name="Steps">The values of so many last steps; 1: one value.</param>
internal sealed record StateSlot(TensorType Type, int Steps);
