using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StaticNet.Numerics;

/// <summary>
/// Checks the requirements of losses on their targets, sample by sample, before a step or an evaluation. For generated code. It
/// takes a few instructions for each vector of targets and allocates nothing. The numbers of samples of weight 0, which do not
/// count, must only be finite, since 0 times any other number is not 0. Those of steps that a sequence does not have can be anything.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TargetGuard
{
    /// <summary>How far the probabilities of a sample may be from 1 in total: the rounding of thousands of classes.</summary>
    private const float SumTolerance = 1e-3f;

    /// <summary>Checks that targets are class indices.</summary>
    /// <param name="batch">The batch, whose lengths have been checked.</param>
    /// <param name="stride">The targets of one step of a sample, those of all losses.</param>
    /// <param name="offset">Which of them is the index.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="loss">The loss's name.</param>
    /// <param name="steps">The number of steps of a sample, each with separate targets.</param>
    /// <param name="sequenceSteps">The number of steps of its input, of which lengths count; 0: the same.</param>
    /// <exception cref="ArgumentException">A target is not a whole number from 0 to classes − 1.</exception>
    public static void CheckClasses(in Batch batch, int stride, int offset, int classes, string loss, int steps = 1, int sequenceSteps = 0)
    {
        if (Find(new ClassRule(classes), batch, steps, sequenceSteps, stride, offset, length: 1, out var row, out _))
            Throw(batch, steps, stride, offset, row, 0, loss, $"a class index, a whole number from 0 to {classes - 1}", hint: null);
    }

    /// <summary>Checks that targets are finite.</summary>
    /// <param name="batch">The batch, whose lengths have been checked.</param>
    /// <param name="stride">The targets of one step of a sample, those of all losses.</param>
    /// <param name="offset">Where those of this loss start.</param>
    /// <param name="length">Their number.</param>
    /// <param name="loss">The loss's name.</param>
    /// <param name="steps">The number of steps of a sample, each with separate targets.</param>
    /// <param name="sequenceSteps">The number of steps of its input, of which lengths count; 0: the same.</param>
    /// <exception cref="ArgumentException">A target is NaN or infinite.</exception>
    public static void CheckFinite(in Batch batch, int stride, int offset, int length, string loss, int steps = 1, int sequenceSteps = 0)
    {
        if (Find(default(FiniteRule), batch, steps, sequenceSteps, stride, offset, length, out var row, out var index))
            Throw(batch, steps, stride, offset, row, index, loss, "finite numbers", hint: null);
    }

    /// <summary>Checks that targets are probabilities.</summary>
    /// <param name="batch">The batch, whose lengths have been checked.</param>
    /// <param name="stride">The targets of one step of a sample, those of all losses.</param>
    /// <param name="offset">Where those of this loss start.</param>
    /// <param name="length">Their number.</param>
    /// <param name="loss">The loss's name.</param>
    /// <param name="steps">The number of steps of a sample, each with separate targets.</param>
    /// <param name="sequenceSteps">The number of steps of its input, of which lengths count; 0: the same.</param>
    /// <exception cref="ArgumentException">A target is not from 0 to 1.</exception>
    public static void CheckProbabilities(in Batch batch, int stride, int offset, int length, string loss, int steps = 1, int sequenceSteps = 0)
    {
        if (Find(default(ProbabilityRule), batch, steps, sequenceSteps, stride, offset, length, out var row, out var index))
            Throw(batch, steps, stride, offset, row, index, loss, "numbers from 0 to 1", "Labels of -1 and 1 become 0 and 1 by (t + 1) / 2, those of 1 and 2 by t - 1.");
    }

    /// <summary>Checks that targets are one probability per class.</summary>
    /// <param name="batch">The batch, whose lengths have been checked.</param>
    /// <param name="stride">The targets of one step of a sample, those of all losses.</param>
    /// <param name="offset">Where those of this loss start.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="loss">The loss's name.</param>
    /// <param name="steps">The number of steps of a sample, each with separate targets.</param>
    /// <param name="sequenceSteps">The number of steps of its input, of which lengths count; 0: the same.</param>
    /// <exception cref="ArgumentException">A target is not from 0 to 1, or those of a sample do not sum to 1.</exception>
    public static void CheckDistributions(in Batch batch, int stride, int offset, int classes, string loss, int steps = 1, int sequenceSteps = 0)
    {
        if (Find(default(ProbabilityRule), batch, steps, sequenceSteps, stride, offset, classes, out var row, out var index))
            Throw(batch, steps, stride, offset, row, index, loss, "probabilities, numbers from 0 to 1", "For class indices, leave SoftTargets out.");
        for (row = 0; row < batch.Count * steps; row++)
        {
            var sum = TensorPrimitives.Sum(batch.Targets.Slice((row * stride) + offset, classes));
            var counts = Exists(batch, row, steps, sequenceSteps) && (batch.SampleWeights.IsEmpty || batch.SampleWeights[row / steps] != 0);
            if (counts && !(MathF.Abs(sum - 1) <= SumTolerance))
                ThrowSum(row, steps, sum, loss);
        }
    }

    /// <summary>Checks that targets are −1 or 1.</summary>
    /// <param name="batch">The batch, whose lengths have been checked.</param>
    /// <param name="stride">The targets of one step of a sample, those of all losses.</param>
    /// <param name="offset">Where those of this loss start.</param>
    /// <param name="length">Their number.</param>
    /// <param name="loss">The loss's name.</param>
    /// <param name="steps">The number of steps of a sample, each with separate targets.</param>
    /// <param name="sequenceSteps">The number of steps of its input, of which lengths count; 0: the same.</param>
    /// <exception cref="ArgumentException">A target is another number.</exception>
    public static void CheckSigns(in Batch batch, int stride, int offset, int length, string loss, int steps = 1, int sequenceSteps = 0)
    {
        if (Find(default(SignRule), batch, steps, sequenceSteps, stride, offset, length, out var row, out var index))
            Throw(batch, steps, stride, offset, row, index, loss, "-1 or 1", "Labels of 0 and 1 become -1 and 1 by 2t - 1.");
    }

    /// <summary>What a wrong number of targets per sample suggests: indices and one-hot targets are easily taken for each other, and so are
    /// targets for each step and for the whole sequence.</summary>
    /// <param name="description">The network.</param>
    /// <param name="targetLength">The number of targets per sample in the batch.</param>
    /// <returns>A sentence with a space before it, or an empty text.</returns>
    public static string Hint(NetworkDescription description, int targetLength)
    {
        if (description.Losses is [var loss] && KindHint(description, loss, targetLength) is { } hint)
            return hint;
        if (description is { Steps: > 1, OutputSteps: 1 } && targetLength == (long)description.Steps * description.TargetLength)
            return $" These look like targets for each of the {description.Steps} steps: the network has one output for the whole sequence.";
        return description.OutputSteps > 1 && targetLength == description.TargetLength / description.OutputSteps
            ? $" These look like targets for the whole sequence: the network has an output for each of its {description.OutputSteps} steps; [LastStep] as its last layer leaves one."
            : "";
    }

    private static string? KindHint(NetworkDescription description, LossDescription loss, int targetLength)
    {
        if (loss.TargetIsIndex && targetLength == loss.OutputLength * description.OutputSteps)
        {
            var remedy = loss.Kind == LossKind.SoftmaxCrossEntropy ? "; [SoftmaxCrossEntropyLoss(SoftTargets = true)] takes one probability per class" : "";
            return $" These look like one-hot targets: {loss.Kind}Loss takes the class index, one number per sample{remedy}.";
        }

        return loss is { Kind: LossKind.SoftmaxCrossEntropy, TargetIsIndex: false } && targetLength == description.OutputSteps
            ? " These look like class indices: with SoftTargets = true SoftmaxCrossEntropyLoss takes one probability per class; leave SoftTargets out for indices."
            : null;
    }

    /// <summary>Finds the first target that a rule refuses; rows are the steps of all samples.</summary>
    private static bool Find<TRule>(TRule rule, in Batch batch, int steps, int sequenceSteps, int stride, int offset, int length, out int row, out int index)
        where TRule : struct, IRule
    {
        row = 0;
        var rows = batch.Count * steps;
        if (length == stride)
        {
            index = FirstRefused(rule, batch.Targets[..(rows * stride)]);
            if (index < 0)
                return false;
            row = index / stride;
        }

        for (; row < rows; row++)
        {
            if (!Exists(batch, row, steps, sequenceSteps))
                continue;
            var targets = batch.Targets.Slice((row * stride) + offset, length);
            index = FirstRefused(rule, targets);
            if (index >= 0 && !batch.SampleWeights.IsEmpty && batch.SampleWeights[row / steps] == 0)
                index = FirstRefused(default(FiniteRule), targets);
            if (index >= 0)
                return true;
        }

        index = -1;
        return false;
    }

    /// <summary>Whether a sequence has a step.</summary>
    private static bool Exists(in Batch batch, int row, int steps, int sequenceSteps)
    {
        if (steps == 1 || batch.SequenceLengths.IsEmpty)
            return true;
        var length = batch.SequenceLengths[row / steps];
        return row % steps < (sequenceSteps == 0 ? length : (long)length * steps / sequenceSteps);
    }

    private static int FirstRefused<TRule>(TRule rule, ReadOnlySpan<float> values)
        where TRule : struct, IRule
    {
        var last = values.Length - Vector256<float>.Count;
        if (last >= 0)
        {
            ref var first = ref MemoryMarshal.GetReference(values);
            var accepted = rule.Accepts(Vector256.LoadUnsafe(ref first, (nuint)last));
            for (var place = 0; place < last; place += Vector256<float>.Count)
                accepted &= rule.Accepts(Vector256.LoadUnsafe(ref first, (nuint)place));
            if (Vector256.EqualsAll(accepted.AsInt32(), Vector256<int>.AllBitsSet))
                return -1;
        }

        for (var index = 0; index < values.Length; index++)
        {
            if (!rule.Accepts(values[index]))
                return index;
        }

        return -1;
    }

    [DoesNotReturn]
    private static void Throw(in Batch batch, int steps, int stride, int offset, int row, int index, string loss, string expected, string? hint)
    {
        var value = batch.Targets[(row * stride) + offset + index].ToString(CultureInfo.InvariantCulture);
        throw SampleFault.Exception(
            row / steps, ofSample => $"{loss} takes {expected}; target {offset + index}{OfStep(row, steps)}{ofSample} is {value}.{(hint is null ? "" : " " + hint)}", nameof(batch));
    }

    [DoesNotReturn]
    private static void ThrowSum(int row, int steps, float sum, string loss) => throw SampleFault.Exception(
        row / steps,
        ofSample => $"{loss} with SoftTargets takes probabilities that sum to 1; those{OfStep(row, steps)}{ofSample} sum to {sum.ToString(CultureInfo.InvariantCulture)}. " +
            "Several classes at once are for BinaryCrossEntropyWithLogitsLoss; give a sample that should not count the weight 0.",
        "batch");

    private static string OfStep(int row, int steps) => steps == 1 ? "" : $" of step {row % steps}";

    /// <summary>What is asked of a target.</summary>
    private interface IRule
    {
        bool Accepts(float value);

        /// <summary>All bits of the lanes whose values are accepted.</summary>
        Vector256<float> Accepts(Vector256<float> values);
    }

    private readonly struct ClassRule(int classes) : IRule
    {
        public bool Accepts(float value) => value >= 0 && value < classes && value == (int)value;

        public Vector256<float> Accepts(Vector256<float> values) =>
            Vector256.GreaterThanOrEqual(values, Vector256<float>.Zero) & Vector256.LessThan(values, Vector256.Create((float)classes)) & Vector256.Equals(values, Vector256.Floor(values));
    }

    private readonly struct FiniteRule : IRule
    {
        public bool Accepts(float value) => float.IsFinite(value);

        public Vector256<float> Accepts(Vector256<float> values) => Vector256.LessThan(Vector256.Abs(values), Vector256.Create(float.PositiveInfinity));
    }

    private readonly struct ProbabilityRule : IRule
    {
        public bool Accepts(float value) => value is >= 0 and <= 1;

        public Vector256<float> Accepts(Vector256<float> values) =>
            Vector256.GreaterThanOrEqual(values, Vector256<float>.Zero) & Vector256.LessThanOrEqual(values, Vector256<float>.One);
    }

    private readonly struct SignRule : IRule
    {
        public bool Accepts(float value) => value is 1 or -1;

        public Vector256<float> Accepts(Vector256<float> values) => Vector256.Equals(Vector256.Abs(values), Vector256<float>.One);
    }
}
