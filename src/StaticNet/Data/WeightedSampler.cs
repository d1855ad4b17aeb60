using StaticNet.Numerics;
using StaticNet.Serialization;

namespace StaticNet.Data;

/// <summary>Draws samples with replacement, each with a probability proportional to its weight.</summary>
public sealed class WeightedSampler : Sampler
{
    private readonly ulong _seed;
    private readonly double[] _upTo;

    /// <summary>Makes a sampler.</summary>
    /// <param name="weights">A weight for each sample, finite and 0 or more, not all 0.</param>
    /// <param name="seed">The same seed produces the same samples.</param>
    /// <exception cref="ArgumentException">A weight is not allowed.</exception>
    public WeightedSampler(ReadOnlySpan<float> weights, ulong seed = 0)
    {
        ClassWeights.RequireWeights(weights, weights.Length);
        _seed = seed;
        _upTo = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            _upTo[i] = sum += weights[i];
        if (sum == 0)
            throw new ArgumentException("Expected at least one weight over 0; there is none.", nameof(weights));
    }

    /// <inheritdoc/>
    public override int Count => _upTo.Length;

    /// <inheritdoc/>
    public override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add("seed", _seed);
        settings.Add<double>("weights_up_to", _upTo);
    }

    /// <inheritdoc/>
    public override void Fill(int epoch, Span<int> samples)
    {
        RequireRoom(samples);
        var random = new RandomStream(_seed, (ulong)epoch);
        for (var i = 0; i < samples.Length; i++)
            samples[i] = FirstOver(random.NextDouble() * _upTo[^1]);
    }

    /// <summary>The first sample up to which the weights sum to more; one of weight 0 never is.</summary>
    private int FirstOver(double sum)
    {
        var (low, high) = (0, _upTo.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_upTo[middle] > sum)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
