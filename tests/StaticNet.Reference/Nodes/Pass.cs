namespace StaticNet.Reference.Nodes;

/// <summary>What the nodes of a network share while one sample runs through them.</summary>
/// <param name="Parameters">All parameters by name.</param>
/// <param name="Gradients">Where gradients are added up; holds trainable parameters only.</param>
/// <param name="Sample">The sample's place in the batch.</param>
/// <param name="Dropout">What dropout keeps; null makes it the identity.</param>
internal sealed record Pass(
    IReadOnlyDictionary<string, double[]> Parameters,
    IReadOnlyDictionary<string, double[]> Gradients,
    int Sample,
    DropoutMask? Dropout)
{
    /// <summary>Adds to one element of a gradient, unless the parameter is frozen.</summary>
    public void AddGradient(string parameter, int index, double value)
    {
        if (Gradients.TryGetValue(parameter, out var gradient))
            gradient[index] += value;
    }
}
