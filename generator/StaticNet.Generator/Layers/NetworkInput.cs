using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An input in its place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The shape of one step of a sample.</param>
/// <param name="Offset">Where it begins in a step that holds all inputs, one after the other.</param>
internal sealed record NetworkInput(string Name, TensorType Type, int Offset);
