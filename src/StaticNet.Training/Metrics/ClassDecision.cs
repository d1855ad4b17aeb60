using System.Numerics.Tensors;

namespace StaticNet.Training.Metrics;

/// <summary>How a loss defines classes: the class of an output, and the class of a target.</summary>
/// <remarks>
/// A softmax or a multi-class hinge chooses among as many classes as there are outputs, once per sample. A binary loss decides
/// between class 0 and class 1 for each of its outputs.
/// </remarks>
internal sealed class ClassDecision
{
    private readonly bool _isBinary;
    private readonly bool _targetIsIndex;
    private readonly float _outputThreshold;
    private readonly float _targetThreshold;

    private ClassDecision(LossDescription loss, bool isBinary, float outputThreshold, float targetThreshold)
    {
        _isBinary = isBinary;
        _targetIsIndex = loss.TargetIsIndex;
        _outputThreshold = outputThreshold;
        _targetThreshold = targetThreshold;
        ClassCount = isBinary ? 2 : loss.OutputLength;
        PerSample = isBinary ? loss.OutputLength : 1;
    }

    /// <summary>Whether each output is decided separately, between class 0 and class 1.</summary>
    public bool IsBinary => _isBinary;

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of decisions for each sample.</summary>
    public int PerSample { get; }

    /// <summary>The decision of a loss; null for one of numbers, not classes.</summary>
    public static ClassDecision? Of(LossDescription loss) => loss.Kind switch
    {
        LossKind.SoftmaxCrossEntropy or LossKind.MultiClassHinge => new ClassDecision(loss, isBinary: false, 0, 0),
        LossKind.BinaryCrossEntropy => new ClassDecision(loss, isBinary: true, 0.5f, 0.5f),
        LossKind.BinaryCrossEntropyWithLogits => new ClassDecision(loss, isBinary: true, 0, 0.5f),
        LossKind.Hinge or LossKind.SquaredHinge => new ClassDecision(loss, isBinary: true, 0, 0),
        _ => null,
    };

    /// <summary>The decision of a loss.</summary>
    /// <exception cref="InvalidOperationException">The loss is one of numbers, not classes.</exception>
    public static ClassDecision Require(LossDescription loss, string metric) =>
        Of(loss) ?? throw new InvalidOperationException($"The metric '{metric}' needs a loss for classes; {loss.Kind} does not.");

    /// <summary>The class that an output means.</summary>
    public int Predicted(ReadOnlySpan<float> output, int decision)
    {
        if (_isBinary)
            return output[decision] > _outputThreshold ? 1 : 0;
        return TensorPrimitives.IndexOfMax(output);
    }

    /// <summary>The class that a target means.</summary>
    public int Actual(ReadOnlySpan<float> target, int decision)
    {
        if (_isBinary)
            return target[decision] > _targetThreshold ? 1 : 0;
        return _targetIsIndex ? (int)target[0] : TensorPrimitives.IndexOfMax(target);
    }
}
