using StaticNet.Generator.Operations;

namespace StaticNet.Generator.Planning;

/// <summary>What one operation keeps from step to step: the last values that it took, as many as it delays by.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Rows">The rows of one of them.</param>
/// <param name="Offset">Where the first one is.</param>
internal sealed record StateValue(Delay Operation, RowLayout Rows, int Offset);
