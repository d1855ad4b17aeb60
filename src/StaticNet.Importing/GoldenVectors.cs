namespace StaticNet.Importing;

/// <summary>Samples with what the model computes for them, from another engine than StaticNet.</summary>
/// <param name="Count">The number of samples.</param>
/// <param name="Inputs">[Count × the network's InputLength].</param>
/// <param name="Outputs">[Count × the network's OutputLength].</param>
public sealed record GoldenVectors(int Count, float[] Inputs, float[] Outputs);
