namespace FashionMnist;

/// <summary>How a network is trained: AdamW, whose learning rate falls to zero along half a cosine.</summary>
/// <param name="Epochs">How often to go through the training images.</param>
/// <param name="LearningRate">The learning rate at the start.</param>
/// <param name="WeightDecay">How strongly weights are drawn to zero.</param>
internal sealed record Recipe(int Epochs, float LearningRate, float WeightDecay);
