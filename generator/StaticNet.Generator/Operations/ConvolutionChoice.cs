namespace StaticNet.Generator.Operations;

/// <summary>A chosen way to compute a convolution.</summary>
/// <param name="Way">The way.</param>
/// <param name="Why">A sentence that says why, where there were several.</param>
internal readonly record struct ConvolutionChoice(ConvolutionWay Way, string Why = "");
