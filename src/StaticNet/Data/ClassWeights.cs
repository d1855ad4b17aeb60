namespace StaticNet.Data;

/// <summary>Weights of classes, which compensate for different numbers of samples; see
/// <see cref="DataSource.WithClassWeights"/>.</summary>
public static class ClassWeights
{
    /// <summary>
    /// Weights with which every class counts the same: samples / (classes × samples of the class). Their mean over the samples is
    /// 1 if no class is empty; an empty class has weight 0.
    /// </summary>
    /// <param name="data">Samples whose target is the class index, or one number for each class.</param>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <returns>A weight for each class.</returns>
    /// <remarks>Samples of weight 0 whose target is not one of the classes are not counted.</remarks>
    /// <exception cref="ArgumentException">A target is not one of those classes.</exception>
    public static float[] Balanced(DataSource data, int classes)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var (counts, all) = (new int[classes], 0);
        foreach (var index in data.ReadClassIndices(classes))
        {
            if (index < 0)
                continue;
            counts[index]++;
            all++;
        }

        return [.. counts.Select(count => count == 0 ? 0f : (float)(all / ((double)classes * count)))];
    }

    /// <summary>Each sample's weight times that of its class.</summary>
    internal static float[] ForSamples(DataSource data, ReadOnlySpan<float> classWeights)
    {
        if (classWeights.IsEmpty)
            throw new ArgumentException("Expected a weight for each class, but got none.", nameof(classWeights));
        RequireWeights(classWeights, classWeights.Length);
        var indices = data.ReadClassIndices(classWeights.Length);
        var order = new int[indices.Length];
        DataSource.FillOrder(order);
        var weights = new float[indices.Length];
        data.GatherSampleWeights(order, weights);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= indices[i] < 0 ? 0 : classWeights[indices[i]];
        return weights;
    }

    /// <summary>Checks weights.</summary>
    /// <exception cref="ArgumentException">There are not as many as expected, or one is negative or not finite.</exception>
    internal static void RequireWeights(ReadOnlySpan<float> weights, int count)
    {
        if (weights.Length != count)
            throw new ArgumentException(
                $"Expected {count} weights, one for each sample, but got {weights.Length}.", nameof(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || float.IsInfinity(weights[i]))
                throw new ArgumentException(
                    $"Expected finite weights of 0 or more; weight {i} is {weights[i]}.", nameof(weights));
        }
    }
}
