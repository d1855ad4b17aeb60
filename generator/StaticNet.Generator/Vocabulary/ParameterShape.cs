namespace StaticNet.Generator.Vocabulary;

/// <summary>A parameter of a network, as files of weights know it.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Shape">Its logical shape.</param>
internal sealed record ParameterShape(string Name, EquatableArray<int> Shape);
