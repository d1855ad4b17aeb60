using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Emit;

/// <summary>What is written for a network.</summary>
/// <param name="Files">The files.</param>
/// <param name="Parameters">The parameters, which a file of weights must have.</param>
internal sealed record NetworkCode(IEnumerable<GeneratedFile> Files, EquatableArray<ParameterShape> Parameters = default);
