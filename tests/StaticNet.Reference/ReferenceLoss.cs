using StaticNet.Reference.Nodes;

namespace StaticNet.Reference;

/// <summary>One loss of a reference network, for one sample.</summary>
public sealed class ReferenceLoss
{
    private readonly LossAttribute _attribute;

    internal ReferenceLoss(LossAttribute attribute, int source, int[] shape, int targetOffset)
    {
        _attribute = attribute;
        Source = source;
        TargetOffset = targetOffset;
        Shape = shape;
        OutputLength = Node.LengthOf(shape);
        TargetIsIndex = attribute is MultiClassHingeLossAttribute or SoftmaxCrossEntropyLossAttribute { SoftTargets: false };
        TargetLength = HasCenters ? 0 : TargetIsIndex ? 1 : OutputLength;
        if (attribute is MultiClassHingeLossAttribute or SoftmaxCrossEntropyLossAttribute && shape.Length != 1)
            throw new ArgumentException($"{attribute.GetType().Name} takes one axis, the classes, but got {shape.Length} axes.");
    }

    /// <summary>Where its targets start in a sample's targets.</summary>
    public int TargetOffset { get; }

    /// <summary>The number of its targets in a sample.</summary>
    public int TargetLength { get; }

    /// <summary>The number of elements of the output that it takes.</summary>
    public int OutputLength { get; }

    /// <summary>Whether the target is a class's index.</summary>
    public bool TargetIsIndex { get; }

    internal int Source { get; }

    /// <summary>Whether terms are summed instead of averaged.</summary>
    internal bool IsSum => _attribute.Reduction == Reduction.Sum || _attribute is CustomLossAttribute;

    /// <summary>Whether it is a center loss.</summary>
    internal bool HasCenters => _attribute is CenterLossAttribute;

    /// <summary>The name of its centres [class, feature]; null where it has none.</summary>
    internal string? Centers { get; set; }

    /// <summary>Where the class stands in a sample's targets that a center loss takes.</summary>
    internal int ClassOffset { get; set; }

    /// <summary>The shape of the output that it takes, which that of the targets is too unless they are an index.</summary>
    internal IReadOnlyList<int> Shape { get; }

    /// <summary>Whether behind a sigmoid it is computed from the sigmoid's input.</summary>
    internal bool TakesLogits => _attribute is BinaryCrossEntropyLossAttribute;

    // Only losses with a term for each element have a mean over them.
    private double Factor => _attribute switch
    {
        SoftmaxCrossEntropyLossAttribute or CenterLossAttribute or CustomLossAttribute => _attribute.Weight,
        _ when _attribute.Reduction == Reduction.Mean => _attribute.Weight / (double)OutputLength,
        _ => _attribute.Weight,
    };

    /// <summary>Draws a target that the loss takes.</summary>
    public double[] RandomTarget(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (TargetIsIndex)
            return [random.Next(OutputLength)];

        var target = new double[TargetLength];
        for (var index = 0; index < TargetLength; index++)
        {
            target[index] = _attribute switch
            {
                HingeLossAttribute or SquaredHingeLossAttribute => random.Next(2) == 0 ? -1 : 1,
                BinaryCrossEntropyLossAttribute or BinaryCrossEntropyWithLogitsLossAttribute or SoftmaxCrossEntropyLossAttribute
                    => random.NextSingle(),
                _ => (float)((2 * random.NextDouble()) - 1) * 1.5f,
            };
        }

        if (_attribute is SoftmaxCrossEntropyLossAttribute)
        {
            var sum = target.Sum();
            target = Array.ConvertAll(target, value => (double)(float)(value / sum));
        }

        return target;
    }

    /// <summary>The weighted loss of one sample.</summary>
    /// <param name="y">The output, or the logits where the output is their sigmoid and <see cref="TakesLogits"/>.</param>
    /// <param name="t">The loss's own targets.</param>
    /// <param name="fromLogits">Whether <paramref name="y"/> are the logits of binary cross-entropy on probabilities.</param>
    /// <param name="parameters">The parameters, of which the centres are some.</param>
    internal double Value(double[] y, double[] t, bool fromLogits, IReadOnlyDictionary<string, double[]> parameters) => Factor * (_attribute switch
    {
        CenterLossAttribute => 0.5 * Distances(y, t, parameters).Sum(distance => distance * distance),
        SoftmaxCrossEntropyLossAttribute softmax => CrossEntropy(softmax, y, t),
        MultiClassHingeLossAttribute hinge => MultiClassHinge(hinge, y, t),
        _ => y.Select((value, index) => Term(value, t[index], fromLogits)).Sum(),
    });

    /// <summary>The gradient of <see cref="Value"/> by the output or logits.</summary>
    internal double[] Gradient(double[] y, double[] t, bool fromLogits, IReadOnlyDictionary<string, double[]> parameters)
    {
        var gradient = _attribute switch
        {
            CenterLossAttribute => Distances(y, t, parameters),
            SoftmaxCrossEntropyLossAttribute softmax => CrossEntropyGradient(softmax, y, t),
            MultiClassHingeLossAttribute hinge => MultiClassHingeGradient(hinge, y, t),
            _ => [.. y.Select((value, index) => TermDerivative(value, t[index], fromLogits))],
        };
        return Array.ConvertAll(gradient, value => Factor * value);
    }

    /// <summary>The centres after a batch: c − rate · Σ(c − x) / (1 + n) over the samples of each class.</summary>
    /// <param name="outputs">The features of each sample.</param>
    /// <param name="targets">The class of each sample.</param>
    /// <param name="centers">The centres before.</param>
    internal double[] Moved(double[][] outputs, int[] targets, double[] centers)
    {
        var rate = ((CenterLossAttribute)_attribute).Rate;
        return [.. centers.Select((center, index) =>
        {
            var own = outputs.Where((_, sample) => targets[sample] == index / OutputLength).ToArray();
            return center - (rate * own.Sum(output => center - output[index % OutputLength]) / (1 + own.Length));
        })];
    }

    /// <summary>How near the output is to a point without derivative, relative to the largest figure.</summary>
    internal double KinkDistance(double[] y, double[] t) => _attribute switch
    {
        MeanAbsoluteErrorLossAttribute => Kinks.Distance(Differences(y, t), [0]),
        HuberLossAttribute huber => Kinks.Distance(Differences(y, t), [-huber.Delta, huber.Delta]),
        HingeLossAttribute or SquaredHingeLossAttribute => Kinks.Distance([.. y.Select((value, index) => value * t[index])], [1]),
        MultiClassHingeLossAttribute hinge => Kinks.Distance(
            [.. y.Where((_, index) => index != (int)t[0]).Select(value => y[(int)t[0]] - value)], [hinge.Margin]),
        _ => double.PositiveInfinity,
    };

    private double[] Distances(double[] y, double[] t, IReadOnlyDictionary<string, double[]> parameters) =>
        [.. y.Select((value, index) => value - parameters[Centers!][((int)t[0] * OutputLength) + index])];

    private static double[] Differences(double[] y, double[] t) => [.. y.Select((value, index) => value - t[index])];

    private double Term(double y, double t, bool fromLogits) => _attribute switch
    {
        MeanSquaredErrorLossAttribute => (y - t) * (y - t),
        HalfSquaredErrorLossAttribute => 0.5 * (y - t) * (y - t),
        MeanAbsoluteErrorLossAttribute => Math.Abs(y - t),
        HuberLossAttribute huber => Math.Abs(y - t) <= huber.Delta
            ? 0.5 * (y - t) * (y - t)
            : huber.Delta * (Math.Abs(y - t) - (0.5 * huber.Delta)),
        BinaryCrossEntropyWithLogitsLossAttribute => ScalarFunction.Softplus(y) - (t * y),
        BinaryCrossEntropyLossAttribute when fromLogits => ScalarFunction.Softplus(y) - (t * y),
        BinaryCrossEntropyLossAttribute => -(t * Math.Max(Math.Log(y), -100)) - ((1 - t) * Math.Max(Math.Log(1 - y), -100)),
        CustomLossAttribute => t * y,
        HingeLossAttribute => Math.Max(0, 1 - (t * y)),
        SquaredHingeLossAttribute => Math.Max(0, 1 - (t * y)) * Math.Max(0, 1 - (t * y)),
        _ => throw Unknown(),
    };

    private double TermDerivative(double y, double t, bool fromLogits) => _attribute switch
    {
        MeanSquaredErrorLossAttribute => 2 * (y - t),
        HalfSquaredErrorLossAttribute => y - t,
        MeanAbsoluteErrorLossAttribute => Math.Sign(y - t),
        HuberLossAttribute huber => Math.Abs(y - t) <= huber.Delta ? y - t : huber.Delta * Math.Sign(y - t),
        BinaryCrossEntropyWithLogitsLossAttribute => ScalarFunction.Sigmoid(y) - t,
        BinaryCrossEntropyLossAttribute when fromLogits => ScalarFunction.Sigmoid(y) - t,
        BinaryCrossEntropyLossAttribute => -(t * LogDerivative(y)) + ((1 - t) * LogDerivative(1 - y)),
        CustomLossAttribute => t,
        HingeLossAttribute => t * y < 1 ? -t : 0,
        SquaredHingeLossAttribute => -2 * t * Math.Max(0, 1 - (t * y)),
        _ => throw Unknown(),
    };

    // Of max(log p, −100): nothing where the logarithm is held.
    private static double LogDerivative(double p) => Math.Log(p) > -100 ? 1 / p : 0;

    private double[] Smoothed(SoftmaxCrossEntropyLossAttribute loss, double[] t)
    {
        var target = new double[OutputLength];
        if (loss.SoftTargets)
            t.CopyTo(target, 0);
        else
            target[(int)t[0]] = 1;
        double smoothing = loss.LabelSmoothing;
        return Array.ConvertAll(target, value => ((1 - smoothing) * value) + (smoothing / OutputLength));
    }

    private double CrossEntropy(SoftmaxCrossEntropyLossAttribute loss, double[] z, double[] t)
    {
        var target = Smoothed(loss, t);
        return -SoftmaxNode.LogSoftmax(z).Select((value, index) => target[index] * value).Sum();
    }

    private double[] CrossEntropyGradient(SoftmaxCrossEntropyLossAttribute loss, double[] z, double[] t)
    {
        // d/dz of −Σ t (z − log Σe^z) = softmax(z) Σt − t; soft targets need not sum to 1 exactly.
        var target = Smoothed(loss, t);
        var sum = target.Sum();
        return [.. SoftmaxNode.LogSoftmax(z).Select((value, index) => (Math.Exp(value) * sum) - target[index])];
    }

    private static double MultiClassHinge(MultiClassHingeLossAttribute loss, double[] y, double[] t)
    {
        var sum = 0.0;
        for (var index = 0; index < y.Length; index++)
        {
            if (index != (int)t[0])
                sum += Math.Max(0, loss.Margin + y[index] - y[(int)t[0]]);
        }

        return sum;
    }

    private static double[] MultiClassHingeGradient(MultiClassHingeLossAttribute loss, double[] y, double[] t)
    {
        var gradient = new double[y.Length];
        for (var index = 0; index < y.Length; index++)
        {
            if (index == (int)t[0] || loss.Margin + y[index] - y[(int)t[0]] <= 0)
                continue;
            gradient[index] += 1;
            gradient[(int)t[0]] -= 1;
        }

        return gradient;
    }

    private ArgumentException Unknown() => new($"{_attribute.GetType().Name} is unknown to the reference.");
}
