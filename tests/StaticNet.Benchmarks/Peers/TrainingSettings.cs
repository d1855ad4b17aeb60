namespace StaticNet.Benchmarks.Peers;

/// <summary>How we and the peer train alike.</summary>
internal static class TrainingSettings
{
    /// <summary>The learning rate of most networks.</summary>
    public const float LearningRate = 0.01f;

    /// <summary>The share of the last step's movement that the next one keeps.</summary>
    public const float Momentum = 0.9f;
}
