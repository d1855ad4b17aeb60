namespace StaticNet.Optimizers;

/// <summary>What one step does to a run of adjacent parameters with the same settings.</summary>
/// <remarks>
/// The gradient of the step is <see cref="GradientScale"/> · clamp(gradient, ±<see cref="GradientLimit"/>) +
/// <see cref="L1"/> · sign(p), and, where weight decay is an L2 penalty, also + <see cref="WeightDecay"/> · p.
/// </remarks>
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

    /// <summary>Their gradients, as the network computed them.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>Where the run starts in the network's parameters, and in the optimizer's state.</summary>
    public int Offset { get; }

    /// <summary>The learning rate of this run in this step.</summary>
    public float LearningRate { get; init; }

    /// <summary>The largest magnitude of an element of the gradient; infinite without a limit.</summary>
    public float GradientLimit { get; init; }

    /// <summary>The factor of the gradients from clipping by norm; 1 without clipping.</summary>
    public float GradientScale { get; init; }

    /// <summary>Whether penalties apply to the parameters of this run; by default, they apply to weights only.</summary>
    public bool Decays { get; init; }

    /// <summary>The weight decay of this run; 0 where none applies.</summary>
    public float WeightDecay { get; init; }

    /// <summary>The factor of the L1 penalty of this run; 0 where none applies.</summary>
    public float L1 { get; init; }

    /// <summary>The number of this step for these parameters, from 1: steps while they were frozen do not count.</summary>
    public long Number { get; init; }
}
