namespace StaticNet.Data;

/// <summary>What the outputs of a target mean, which follows from the loss that trains them.</summary>
internal enum OutputLink
{
    /// <summary>The numbers themselves; for classes, the largest wins, or the sign decides.</summary>
    Values,

    /// <summary>Logits of classes that exclude each other.</summary>
    Softmax,

    /// <summary>Logits, each separately.</summary>
    Sigmoid,

    /// <summary>Probabilities.</summary>
    Probabilities,
}
