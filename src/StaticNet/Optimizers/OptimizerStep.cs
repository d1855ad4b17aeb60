namespace StaticNet.Optimizers;

/// <summary>What one step does to a run of neighbouring parameters that are treated alike.</summary>
public readonly ref struct OptimizerStep
{
    internal OptimizerStep(Span<float> parameters, ReadOnlySpan<float> gradients, int offset)
    {
        Parameters = parameters;
        Gradients = gradients;
        Offset = offset;
    }

    /// <summary>The parameters to change: 64-byte aligned, a multiple of 16 floats, padding zero before and after.</summary>
    public Span<float> Parameters { get; }

    /// <summary>Their gradients, not yet multiplied by <see cref="GradientScale"/>.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>Where the run starts in the network's parameters, and in the optimizer's state.</summary>
    public int Offset { get; }

    /// <summary>The learning rate of this step.</summary>
    public float LearningRate { get; init; }

    /// <summary>The factor of the gradients that clipping asks for; 1 without.</summary>
    public float GradientScale { get; init; }

    /// <summary>The weight decay of this run; 0 where none applies.</summary>
    public float WeightDecay { get; init; }

    /// <summary>The step's number, from 1.</summary>
    public long Number { get; init; }
}
