namespace StaticNet.Numerics;

/// <summary>The complete state of a <see cref="RandomStream"/>, to be stored and restored.</summary>
/// <param name="S0">The first word.</param>
/// <param name="S1">The second word.</param>
/// <param name="S2">The third word.</param>
/// <param name="S3">The fourth word.</param>
public readonly record struct RandomState(ulong S0, ulong S1, ulong S2, ulong S3);
