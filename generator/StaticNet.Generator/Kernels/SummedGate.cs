namespace StaticNet.Generator.Kernels;

/// <summary>A gate that is summed.</summary>
/// <param name="Name">Its name, which registers are called after.</param>
/// <param name="Number">Its number among the gates.</param>
/// <param name="FirstLane">Where its lanes begin among those of the weights.</param>
/// <param name="Takes">The factors that it sums.</param>
internal sealed record SummedGate(string Name, int Number, int FirstLane, IReadOnlyList<RowFactor> Takes);
