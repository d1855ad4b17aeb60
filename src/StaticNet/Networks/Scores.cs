using System.Numerics.Tensors;

namespace StaticNet;

/// <summary>
/// What follows from the outputs of a classifier: probabilities and classes. Outputs are <c>Predict</c>'s, one sample or many in a row;
/// nothing allocates.
/// </summary>
/// <remarks>
/// A network with <see cref="SoftmaxCrossEntropyLossAttribute"/> or a binary cross-entropy on logits gives logits, whose order says which
/// class is likeliest but not how likely it is.
/// </remarks>
/// <example><code>
/// network.Predict(input, scores);
/// int best = Scores.ArgMax(scores);
/// Scores.Softmax(scores, probabilities);
/// </code></example>
public static class Scores
{
    /// <summary>The probabilities that logits mean: e^z / Σ e^z over the classes of each sample, whose sum is 1.</summary>
    /// <param name="logits">[count × <paramref name="classes"/>], finite; large ones do not overflow.</param>
    /// <param name="probabilities">As many, written; they may stand in the place of the logits.</param>
    /// <param name="classes">The classes of a sample, 1 or more; null, the default: all logits are one sample's.</param>
    /// <exception cref="ArgumentException">The logits are no whole number of samples, or there is other room for the probabilities, or it overlaps them in part.</exception>
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

    /// <summary>The probabilities that logits of binary decisions mean: 1 / (1 + e^−z), each by itself.</summary>
    /// <param name="logits">Any number of logits.</param>
    /// <param name="probabilities">As many, written; they may stand in the place of the logits.</param>
    /// <exception cref="ArgumentException">There is other room for the probabilities, or it overlaps the logits in part.</exception>
    public static void Sigmoid(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        if (probabilities.Length != logits.Length)
            throw new ArgumentException($"Expected room for {logits.Length} probabilities; there is room for {probabilities.Length}.", nameof(probabilities));
        TensorPrimitives.Sigmoid(logits, probabilities);
    }

    /// <summary>The class with the largest score of one sample; of equal ones the first, and one that is NaN before all others.</summary>
    /// <param name="scores">Logits or probabilities, one a class, 1 or more.</param>
    /// <returns>The class's index.</returns>
    /// <exception cref="ArgumentException">There are no scores.</exception>
    public static int ArgMax(ReadOnlySpan<float> scores)
    {
        RowLength(scores, null, nameof(scores));
        return TensorPrimitives.IndexOfMax(scores);
    }

    /// <summary>The class with the largest score of each of several samples.</summary>
    /// <param name="scores">[samples × classes]: logits or probabilities.</param>
    /// <param name="indices">[samples], written; how many classes there are follows from its length.</param>
    /// <exception cref="ArgumentException">The scores are not as many for each of the samples.</exception>
    public static void ArgMax(ReadOnlySpan<float> scores, Span<int> indices)
    {
        if (indices.IsEmpty && scores.IsEmpty)
            return;
        if (indices.IsEmpty || scores.IsEmpty || scores.Length % indices.Length != 0)
            throw new ArgumentException($"Expected as many scores for each of {indices.Length} samples; {scores.Length} scores came.", nameof(scores));
        var length = scores.Length / indices.Length;
        for (var sample = 0; sample < indices.Length; sample++)
            indices[sample] = ArgMax(scores.Slice(sample * length, length));
    }

    /// <summary>The classes with the largest scores of one sample, the largest first; of equal ones the lower index, and one that is NaN before all others.</summary>
    /// <param name="scores">Logits or probabilities, one a class.</param>
    /// <param name="indices">As many as are wanted, 1 to the number of scores; written.</param>
    /// <param name="values">Their scores, written: as many, or empty where they are not wanted.</param>
    /// <exception cref="ArgumentException">None are wanted, or more than there are, or there is other room for the values.</exception>
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
            throw new ArgumentException("Expected one score or more; none came.", name);
        return scores.Length % length == 0
            ? length
            : throw new ArgumentException($"Expected a whole number of samples of {length} classes; {scores.Length} scores came.", name);
    }
}
