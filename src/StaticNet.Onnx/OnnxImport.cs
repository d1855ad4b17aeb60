using System.Collections.Immutable;
using StaticNet.Importing;

namespace StaticNet.Onnx;

/// <summary>A model as a StaticNet network.</summary>
/// <param name="Network">The declaration and the weights.</param>
/// <param name="Notes">What the import left out or decided, for the user to read.</param>
public sealed record OnnxImport(ImportedNetwork Network, ImmutableArray<string> Notes);
