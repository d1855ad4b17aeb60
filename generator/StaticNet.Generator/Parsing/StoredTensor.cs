namespace StaticNet.Generator.Parsing;

/// <summary>A tensor as a file's header names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its sizes.</param>
internal sealed record StoredTensor(string Name, EquatableArray<long> Shape);
