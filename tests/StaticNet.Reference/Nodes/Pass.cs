namespace StaticNet.Reference.Nodes;

/// <summary>What the nodes of a network share while the samples of a batch run through them.</summary>
/// <param name="Parameters">All parameters by name.</param>
/// <param name="Gradients">Where gradients are added up; holds trainable parameters only.</param>
/// <param name="Dropout">What dropout keeps; null makes it the identity.</param>
/// <param name="Training">Whether the batch's own statistics are used, as in a training step, or the running ones.</param>
/// <param name="Steps">The steps of a sample: rows of one sequence follow each other.</param>
internal sealed record Pass(
    IReadOnlyDictionary<string, double[]> Parameters,
    IReadOnlyDictionary<string, double[]> Gradients,
    DropoutMask? Dropout,
    bool Training,
    int Steps = 1)
{
    /// <summary>The steps that each sequence has; null: all have all steps.</summary>
    public int[]? Lengths { get; init; }

    /// <summary>The steps of a window, beyond which recurrent layers carry no gradient; 0: all steps are one.</summary>
    public int TimeSteps { get; init; }

    /// <summary>Whether the gradient of a step takes nothing from the step that is computed after it, in another window.</summary>
    public bool BeginsWindow(int row, bool isReverse) => TimeSteps > 0 && row % Steps % TimeSteps == (isReverse ? 0 : TimeSteps - 1);

    /// <summary>The steps that a sequence has.</summary>
    public int LengthOf(int sample) => Lengths?[sample] ?? Steps;

    /// <summary>The sample's place in the batch, for nodes that take one sample at a time.</summary>
    public int Sample { get; init; }

    /// <summary>The running statistics as a training step leaves them, by name.</summary>
    public Dictionary<string, double[]> Statistics { get; } = [];

    /// <summary>Adds to one element of a gradient, unless the parameter is frozen.</summary>
    public void AddGradient(string parameter, int index, double value)
    {
        if (Gradients.TryGetValue(parameter, out var gradient))
            gradient[index] += value;
    }
}
