namespace StaticNet.Training.Metrics;

/// <summary>
/// The mean of −log of the probability that the output assigns to the target, in nats: 0 is certain and correct. This is the
/// cross-entropy without weights of losses and label smoothing.
/// </summary>
/// <remarks>
/// <para>With a softmax loss, there is one probability per sample (for soft targets, the mean by their probabilities); with
/// binary cross-entropies, one per output, which are averaged. scikit-learn's <c>log_loss</c>. From logits, it is computed
/// without the probability, so it stays finite, however wrong the output is. A hinge has no probabilities and is refused.</para>
/// <para>If the network's output is a probability itself, it is limited to a distance of at least 2⁻²³ from 0 and 1, as
/// scikit-learn does with floats.</para>
/// </remarks>
public sealed class LogLoss : Metric
{
    private const double LeastProbability = 1.0 / (1 << 23);

    private LossDescription? _loss;
    private double _sum;
    private double _total;

    /// <summary>Makes the metric, named <c>log_loss</c>.</summary>
    public LogLoss()
        : base("log_loss", higherIsBetter: false)
    {
    }

    /// <inheritdoc/>
    public override double Value => _sum / _total;

    /// <inheritdoc/>
    public override void Attach(LossDescription loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Kind is not (LossKind.SoftmaxCrossEntropy or LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits))
            throw new InvalidOperationException($"The metric '{Name}' needs a loss with probabilities; {loss.Kind} does not.");
        _loss = loss;
    }

    /// <inheritdoc/>
    public override void Reset() => (_sum, _total) = (0, 0);

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double weight)
    {
        var loss = _loss ?? throw new InvalidOperationException("Expected a metric that is attached to a loss.");
        _sum += weight * (loss.Kind == LossKind.SoftmaxCrossEntropy ? OfClasses(output, target, loss.TargetIsIndex) : OfElements(output, target, loss.Kind));
        _total += weight * (loss.Kind == LossKind.SoftmaxCrossEntropy ? 1 : output.Length);
    }

    private static double OfClasses(ReadOnlySpan<float> logits, ReadOnlySpan<float> target, bool targetIsIndex)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        var logSum = largest + Math.Log(sum);
        if (targetIsIndex)
            return logSum - logits[(int)target[0]];
        var loss = 0.0;
        for (var index = 0; index < logits.Length; index++)
            loss += target[index] == 0 ? 0 : target[index] * (logSum - logits[index]);
        return loss;
    }

    private static double OfElements(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, LossKind kind)
    {
        var sum = 0.0;
        for (var index = 0; index < outputs.Length; index++)
        {
            var (output, target) = ((double)outputs[index], (double)targets[index]);
            if (kind == LossKind.BinaryCrossEntropyWithLogits)
            {
                // log(1 + e^z) − t · z, without an overflow for large z.
                sum += Math.Max(output, 0) - (target * output) + Math.Log(1 + Math.Exp(-Math.Abs(output)));
            }
            else
            {
                var probability = Math.Clamp(output, LeastProbability, 1 - LeastProbability);
                sum -= (target * Math.Log(probability)) + ((1 - target) * Math.Log(1 - probability));
            }
        }

        return sum;
    }
}
