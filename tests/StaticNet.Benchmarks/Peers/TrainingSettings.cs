using StaticNet.Optimizers;

namespace StaticNet.Benchmarks.Peers;

/// <summary>How we and the peer train alike.</summary>
internal sealed record TrainingSettings
{
    /// <summary>The share of the last step's movement that the next one of <see cref="Sgd"/> keeps.</summary>
    public const float Momentum = 0.9f;

    /// <summary>Gradient descent with momentum at the usual rate.</summary>
    public static TrainingSettings Default { get; } = new();

    /// <summary>
    /// The learning rate. A network so deep that the rounding of its first gradients shows in the losses of its next steps wants
    /// a smaller one, or nothing could be compared; the time of a step does not depend on it.
    /// </summary>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>Whether <see cref="Adam"/> takes the steps instead of <see cref="Sgd"/> with momentum. Default: no.</summary>
    public bool UsesAdam { get; init; }

    /// <summary>A new optimizer of these settings.</summary>
    public Optimizer NewOptimizer() => UsesAdam ? new Adam(LearningRate) : new Sgd(LearningRate, Momentum);
}
