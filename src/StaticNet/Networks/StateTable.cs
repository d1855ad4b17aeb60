using System.Collections.Immutable;

namespace StaticNet;

/// <summary>What is kept from step to step of a network's streams.</summary>
/// <param name="States">What each layer keeps.</param>
/// <param name="Length">The floats of a state, padding included.</param>
public sealed record StateTable(ImmutableArray<StateInfo> States, int Length);
