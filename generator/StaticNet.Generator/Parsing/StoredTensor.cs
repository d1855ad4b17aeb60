using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Parsing;

/// <summary>A tensor as a file's header names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">Where its data begins after the header.</param>
/// <param name="End">Where it ends.</param>
internal sealed record StoredTensor(string Name, EquatableArray<long> Shape, long Begin, long End);
