namespace StaticNet.Insight;

/// <summary>How much a network relies on one input.</summary>
/// <param name="Feature">The number of the input, from 0.</param>
/// <param name="Increase">By how much the loss rises if the input is exchanged between samples: the mean over repetitions.</param>
/// <param name="Deviation">The standard deviation of that over repetitions.</param>
public sealed record FeatureImportance(int Feature, double Increase, double Deviation);
