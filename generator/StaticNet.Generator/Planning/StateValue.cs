using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>Something that is kept from step to step of a stream, with its place.</summary>
/// <param name="Slot">What it keeps.</param>
/// <param name="Rows">The rows of one value.</param>
/// <param name="Ring">The places of the steps.</param>
/// <param name="Offset">Where the first one is.</param>
internal sealed record StateValue(StateSlot Slot, RowLayout Rows, StateRing Ring, int Offset);
