using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StaticNet.Generator.Layers;

namespace StaticNet.Generator.Parsing;

/// <summary>What has been read from one class. The two parts go separate ways: only the model's way leads to code.</summary>
/// <param name="Model">The network; null after an error.</param>
/// <param name="Diagnostics">What is wrong, on locations in trees, so that <c>#pragma</c> applies.</param>
internal readonly record struct ParseResult(NetworkSpec? Model, ImmutableArray<Diagnostic> Diagnostics);
