using System.Numerics.Tensors;
using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Training.Augmentation;

/// <summary>
/// Mixes each sample with another of the same batch, both input and target: x ← λ·x + (1 − λ)·x', y ← λ·y + (1 − λ)·y' with λ
/// from Beta(alpha, alpha) (Zhang and others, "mixup: Beyond Empirical Risk Minimization", 2017).
/// </summary>
/// <remarks>
/// <para>With sample weights w and w', the mixed sample's weight is W = λ·w + (1 − λ)·w', and its target (λ·w·y + (1 − λ)·w'·y')
/// / W: for losses that are linear in the target, such as softmax cross-entropy, and for squared errors up to a constant, W times
/// its loss is then the sum of the two targets' losses with the weights λ·w and (1 − λ)·w'. So a target of weight 0 does not
/// contribute. If W is 0, the target is mixed as without weights.</para>
/// <para>The targets must be numbers that can be mixed: those of a regression, or one for each class
/// (<see cref="Data.DataSource.ToOneHot"/>) with a loss for soft targets (<c>[SoftmaxCrossEntropyLoss(SoftTargets = true)]</c>).
/// Each sample has its own λ; the partner is any sample of the batch, possibly itself, so it depends on the batch size.</para>
/// </remarks>
public sealed class Mixup : AugmentationStep
{
    private readonly double _alpha;

    /// <summary>Makes the step.</summary>
    /// <param name="alpha">How much is mixed: near 0 hardly at all; at 1, λ is uniform; above 0 and up to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The alpha is not allowed.</exception>
    public Mixup(float alpha = 0.2f)
    {
        if (!(alpha > 0 && alpha <= 100))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected an alpha over 0 and up to 100.");
        _alpha = alpha;
    }

    /// <summary>
    /// Whether a target of one number is a quantity that can be mixed, and not a class index, which is refused. Default: false.
    /// </summary>
    public bool NumericTargets { get; init; }

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("alpha", _alpha);
        settings.Add("numeric_targets", NumericTargets);
    }

    /// <inheritdoc/>
    public override void Check(ImageShape shape, int targetLength)
    {
        if (targetLength == 1 && !NumericTargets)
            throw new ArgumentException(
                $"Expected targets of a number for each class (ToOneHot); they have one number, and indices of classes cannot be mixed. " +
                $"Set {nameof(NumericTargets)} where it is a quantity.", nameof(targetLength));
    }

    /// <inheritdoc/>
    public override void Apply(AugmentedBatch batch)
    {
        batch.Inputs.CopyTo(batch.InputScratch);
        batch.Targets.CopyTo(batch.TargetScratch);
        batch.SampleWeights.CopyTo(batch.WeightScratch);
        for (var i = 0; i < batch.Count; i++)
        {
            var random = batch.Random(i);
            var partner = random.NextInt32(batch.Count);
            var own = (float)NextBeta(ref random);
            Mix(batch.Inputs, batch.InputScratch, batch.Count, i, partner, own);
            var ofTarget = own;
            if (!batch.SampleWeights.IsEmpty)
            {
                var (ownWeight, partnersWeight) = (own * batch.WeightScratch[i], (1 - own) * batch.WeightScratch[partner]);
                var weight = batch.SampleWeights[i] = ownWeight + partnersWeight;
                ofTarget = weight > 0 ? ownWeight / weight : own;
            }

            Mix(batch.Targets, batch.TargetScratch, batch.Count, i, partner, ofTarget);
        }
    }

    private static void Mix(Span<float> mixed, ReadOnlySpan<float> originals, int count, int sample, int partner, float own)
    {
        var length = mixed.Length / count;
        var row = mixed.Slice(sample * length, length);
        TensorPrimitives.Multiply(originals.Slice(partner * length, length), 1 - own, row);
        TensorPrimitives.MultiplyAdd(originals.Slice(sample * length, length), own, row, row);
    }

    /// <summary>A number of Beta(α, α), 0 to 1: a / (a + b) of two numbers of Gamma(α).</summary>
    private double NextBeta(ref RandomStream random)
    {
        // In logarithms: for a small alpha both are often under the smallest double.
        var (a, b) = (NextLogGamma(ref random), NextLogGamma(ref random));
        return 1 / (1 + Math.Exp(b - a));
    }

    /// <summary>
    /// The logarithm of a number of Gamma(α): Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000. For α under
    /// 1, a number of Gamma(α + 1) times u^(1/α).
    /// </summary>
    private double NextLogGamma(ref RandomStream random)
    {
        var boost = _alpha < 1 ? Math.Log(1 - random.NextDouble()) / _alpha : 0;
        var d = (_alpha < 1 ? _alpha + 1 : _alpha) - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextNormal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return Math.Log(d * v) + boost;
        }
    }
}
