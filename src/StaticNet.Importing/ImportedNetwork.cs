using System.Collections.Immutable;
using StaticNet.Serialization;

namespace StaticNet.Importing;

/// <summary>A network from another format: its declaration and its weights.</summary>
/// <param name="Declaration">The class.</param>
/// <param name="Weights">Its parameters, by the names and in the layouts of StaticNet.</param>
public sealed record ImportedNetwork(NetworkDeclaration Declaration, StateDict Weights)
{
    /// <summary>The inputs in the order in which a sample holds them.</summary>
    public ImmutableArray<ImportedPort> Inputs { get; init; } = [];

    /// <summary>The outputs in the order in which a sample holds them.</summary>
    public ImmutableArray<ImportedPort> Outputs { get; init; } = [];

    /// <summary>What the original computes, to check the network with; null if there is nothing to compare with.</summary>
    public GoldenVectors? Vectors { get; init; }
}
