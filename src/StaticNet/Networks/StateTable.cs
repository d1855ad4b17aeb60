using System.Collections.Immutable;

namespace StaticNet;

/// <summary>What is kept from step to step of a network's streams.</summary>
/// <param name="States">What each layer keeps.</param>
/// <param name="Length">The floats of a state, padding included.</param>
/// <param name="ReceptiveField">
/// The number of steps that the outputs of one step depend on, this step included: 1 if they depend on no other; null if they depend on all steps
/// since the stream began, as with recurrent layers.
/// </param>
/// <param name="TotalStride">The steps of the input that belong together because of strides in time: a stream takes as many at a time.</param>
public sealed record StateTable(ImmutableArray<StateInfo> States, int Length, long? ReceptiveField, int TotalStride = 1);
