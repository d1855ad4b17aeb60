using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>An input in its place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The shape of one sample.</param>
/// <param name="Offset">Where it begins in a sample that holds all inputs, one after the other.</param>
internal sealed record NetworkInput(string Name, TensorType Type, int Offset);
