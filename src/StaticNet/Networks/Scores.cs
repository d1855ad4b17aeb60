using System.Numerics.Tensors;

namespace StaticNet;

/// <summary>
/// Turns the outputs of a classifier into probabilities and classes. Outputs are those of <c>Predict</c>, of one sample or of
/// many in a row; nothing allocates.
/// </summary>
/// <remarks>
/// A network with <see cref="SoftmaxCrossEntropyLossAttribute"/> or a binary cross-entropy on logits returns logits, whose order
/// shows which class is most likely but not how likely it is.
/// </remarks>
/// <example><code>
/// network.Predict(input, scores);
/// int best = Scores.ArgMax(scores);
/// Scores.Softmax(scores, probabilities);
/// </code></example>
public static class Scores
{
    /// <summary>The probabilities of logits: e^z / Σ e^z over the classes of each sample, whose sum is 1.</summary>
    /// <param name="logits">[count × <paramref name="classes"/>], finite; large ones do not overflow.</param>
    /// <param name="probabilities">As many, written; it may overwrite the logits.</param>
    /// <param name="classes">The number of classes of a sample, 1 or more; null (the default) if all logits belong to one
    /// sample.</param>
    /// <exception cref="ArgumentException">The logits are not a whole number of samples, or the span of probabilities has another
    /// length or overlaps them in part.</exception>
    public static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities, int? classes = null)
    {
        var length = RowLength(logits, classes, nameof(logits));
        if (probabilities.Length != logits.Length)
            throw new ArgumentException($"Expected room for {logits.Length} probabilities; there is room for {probabilities.Length}.", nameof(probabilities));
        for (var start = 0; start < logits.Length; start += length)
        {
            var row = probabilities.Slice(start, length);
            // From the largest down, so that no exponential overflows.
            TensorPrimitives.Subtract(logits.Slice(start, length), TensorPrimitives.Max(logits.Slice(start, length)), row);
            TensorPrimitives.Exp<float>(row, row);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(row), row);
        }
    }

    /// <summary>The probabilities of logits of binary decisions: 1 / (1 + e^−z) for each.</summary>
    /// <param name="logits">Any number of logits.</param>
    /// <param name="probabilities">As many, written; it may overwrite the logits.</param>
    /// <exception cref="ArgumentException">The span of probabilities has another length or overlaps the logits in
    /// part.</exception>
    public static void Sigmoid(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        if (probabilities.Length != logits.Length)
            throw new ArgumentException($"Expected room for {logits.Length} probabilities; there is room for {probabilities.Length}.", nameof(probabilities));
        TensorPrimitives.Sigmoid(logits, probabilities);
    }

    /// <summary>The class with the largest score of one sample; the first of equal ones, and NaN before all others.</summary>
    /// <param name="scores">Logits or probabilities, one per class, 1 or more.</param>
    /// <returns>The class index.</returns>
    /// <exception cref="ArgumentException">There are no scores.</exception>
    public static int ArgMax(ReadOnlySpan<float> scores)
    {
        RowLength(scores, null, nameof(scores));
        return TensorPrimitives.IndexOfMax(scores);
    }

    /// <summary>The class with the largest score of each of several samples.</summary>
    /// <param name="scores">[samples × classes]: logits or probabilities.</param>
    /// <param name="indices">[samples], written; its length determines the number of classes.</param>
    /// <exception cref="ArgumentException">The scores are not the same number for each sample.</exception>
    public static void ArgMax(ReadOnlySpan<float> scores, Span<int> indices)
    {
        if (indices.IsEmpty && scores.IsEmpty)
            return;
        if (indices.IsEmpty || scores.IsEmpty || scores.Length % indices.Length != 0)
            throw new ArgumentException($"Expected as many scores for each of {indices.Length} samples, but got {scores.Length} scores.", nameof(scores));
        var length = scores.Length / indices.Length;
        for (var sample = 0; sample < indices.Length; sample++)
            indices[sample] = ArgMax(scores.Slice(sample * length, length));
    }

    /// <summary>The classes with the largest scores of one sample, the largest first; the lower index of equal ones first, and
    /// NaN before all others.</summary>
    /// <param name="scores">Logits or probabilities, one per class.</param>
    /// <param name="indices">As many as are wanted, 1 to the number of scores; written.</param>
    /// <param name="values">Their scores, written: as many, or empty if you do not need them.</param>
    /// <exception cref="ArgumentException">The indices are none or more than the scores, or the span of values has another
    /// length.</exception>
    public static void TopK(ReadOnlySpan<float> scores, Span<int> indices, Span<float> values = default)
    {
        if (indices.IsEmpty || indices.Length > scores.Length)
            throw new ArgumentException($"Expected room for 1 to {scores.Length} classes, as many as there are scores; there is room for {indices.Length}.", nameof(indices));
        if (!values.IsEmpty && values.Length != indices.Length)
            throw new ArgumentException($"Expected room for {indices.Length} values, or none; there is room for {values.Length}.", nameof(values));
        var found = 0;
        for (var index = 0; index < scores.Length; index++)
        {
            var place = found;
            while (place > 0 && IsAhead(scores[index], scores[indices[place - 1]]))
                place--;
            if (place == indices.Length)
                continue;
            var last = Math.Min(found, indices.Length - 1);
            indices[place..last].CopyTo(indices[(place + 1)..]);
            indices[place] = index;
            found = Math.Min(found + 1, indices.Length);
        }

        for (var place = 0; place < values.Length; place++)
            values[place] = scores[indices[place]];
    }

    private static bool IsAhead(float score, float other) => score > other || (float.IsNaN(score) && !float.IsNaN(other));

    private static int RowLength(ReadOnlySpan<float> scores, int? classes, string name)
    {
        if (classes is < 1)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, "Expected 1 class or more.");
        var length = classes ?? scores.Length;
        if (classes is null && scores.IsEmpty)
            throw new ArgumentException("Expected one score or more, but got none.", name);
        return scores.Length % length == 0
            ? length
            : throw new ArgumentException($"Expected a whole number of samples of {length} classes, but got {scores.Length} scores.", name);
    }
}
