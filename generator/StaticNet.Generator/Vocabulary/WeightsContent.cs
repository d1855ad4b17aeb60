namespace StaticNet.Generator.Vocabulary;

/// <summary>The numbers of a file of weights.</summary>
/// <param name="Tensors">The elements of each tensor, row-major.</param>
/// <param name="Schema">The schema of tables that came with them, as JSON; null for none.</param>
internal sealed record WeightsContent(IReadOnlyDictionary<string, float[]> Tensors, string? Schema);
