using System.Collections.Immutable;

namespace StaticNet.Importing;

/// <summary>An input or an output of an imported network.</summary>
/// <param name="Name">Its name in the declaration.</param>
/// <param name="Source">Its name in the model.</param>
/// <param name="Shape">Its shape in the declaration, of one sample or one step.</param>
/// <param name="SourceShape">Its shape in the model.</param>
public sealed record ImportedPort(string Name, string Source, ImmutableArray<int> Shape, ImmutableArray<int> SourceShape);
