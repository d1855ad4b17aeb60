namespace FashionMnist;

/// <summary>How a network is trained: AdamW, whose learning rate falls to zero along half a cosine.</summary>
/// <param name="Epochs">How often to go through the training images.</param>
/// <param name="LearningRate">The learning rate at the start.</param>
/// <param name="WeightDecay">How strongly weights are drawn to zero.</param>
/// <param name="IsAugmented">Whether images are mirrored, moved and partly covered at random.</param>
internal sealed record Recipe(int Epochs, float LearningRate, float WeightDecay, bool IsAugmented = false);
