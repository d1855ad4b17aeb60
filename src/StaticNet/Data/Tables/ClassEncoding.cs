namespace StaticNet.Data;

/// <summary>The numbers that a target class becomes; the right choice depends on the loss.</summary>
public enum ClassEncoding
{
    /// <summary>The class index, from 0: softmax cross-entropy, multi-class hinge; with two classes also binary
    /// cross-entropy.</summary>
    Index,

    /// <summary>One number per class, 1 for the row's and 0 for the others: softmax cross-entropy with soft targets, element-wise
    /// losses.</summary>
    OneHot,

    /// <summary>−1 for the first of two classes and 1 for the second: hinge, squared hinge.</summary>
    Sign,
}
