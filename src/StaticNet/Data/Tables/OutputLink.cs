namespace StaticNet.Data;

/// <summary>What the outputs of a target mean, which follows from the loss that trains them.</summary>
internal enum OutputLink
{
    /// <summary>The numbers as they are; of classes, the largest wins, or the sign tells.</summary>
    Values,

    /// <summary>Logits of classes that exclude each other.</summary>
    Softmax,

    /// <summary>Logits, each by itself.</summary>
    Sigmoid,

    /// <summary>Probabilities.</summary>
    Probabilities,
}
