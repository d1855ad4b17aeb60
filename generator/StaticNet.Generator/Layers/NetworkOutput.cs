using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An output in its place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The node that gives it.</param>
/// <param name="Type">The shape of one step of a sample.</param>
/// <param name="Offset">Where it begins in a step that holds all outputs, one after the other.</param>
internal sealed record NetworkOutput(string Name, int Node, TensorType Type, int Offset);
