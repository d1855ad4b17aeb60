namespace StaticNet.Generator.Vocabulary;

/// <summary>The losses; the names are those of the enum <c>StaticNet.LossKind</c>.</summary>
internal enum LossKind
{
    MeanSquaredError,
    HalfSquaredError,
    MeanAbsoluteError,
    Huber,
    BinaryCrossEntropy,
    BinaryCrossEntropyWithLogits,
    SoftmaxCrossEntropy,
    Hinge,
    MultiClassHinge,
    SquaredHinge,
    Center,
}
