using System.Collections.Immutable;

namespace StaticNet.Training;

/// <summary>How the loss responded to rising learning rates; see <see cref="Trainer{TNetwork}.FindLearningRate"/>.</summary>
/// <param name="Rates">The learning rate of each step.</param>
/// <param name="Losses">The loss of each step's batch, before the step.</param>
/// <param name="SmoothedLosses">The losses' moving average, sᵢ = 0.98·sᵢ₋₁ + 0.02·lossᵢ, divided by 1 − 0.98ⁱ, so that it is not
/// biased towards its start of 0.
/// </param>
/// <param name="Suggestion">The rate at which the smoothed loss falls most steeply over the logarithm of the rate; null if it
/// never falls. The first tenth of the steps and the last five, where averages mean little, are left out if there are enough
/// steps.
/// </param>
public sealed record LearningRateRange(
    ImmutableArray<float> Rates, ImmutableArray<double> Losses, ImmutableArray<double> SmoothedLosses, float? Suggestion)
{
    private const double Smoothing = 0.98;
    private const double Divergence = 4;
    private const int LastSteps = 5;

    /// <summary>The steepest fall between two neighbouring steps.</summary>
    private static float? Suggest(IReadOnlyList<float> rates, IReadOnlyList<double> losses, int steps)
    {
        var (begin, end) = (steps / 10, losses.Count - LastSteps);
        if (end - begin < 2)
            (begin, end) = (0, losses.Count);
        var (steepest, at) = (0.0, -1);
        for (var index = begin; index + 1 < end; index++)
        {
            var slope = (losses[index + 1] - losses[index]) / Math.Log(rates[index + 1] / (double)rates[index]);
            if (slope < steepest)
                (steepest, at) = (slope, index);
        }

        return at < 0 ? null : rates[at];
    }

    /// <summary>Collects losses step by step and returns the rate of each.</summary>
    internal sealed class Recorder(float minimum, float maximum, int steps)
    {
        private readonly List<float> _rates = [];
        private readonly List<double> _losses = [];
        private readonly List<double> _smoothed = [];
        private double _average;
        private double _least = double.PositiveInfinity;
        private bool _diverged;

        /// <summary>The rate of the step that was added last.</summary>
        public float Rate => _rates[^1];

        public bool IsDone => _diverged || _rates.Count == steps;

        /// <summary>Takes the loss before a step.</summary>
        /// <returns>False if it has diverged, so that the step is not worth taking.</returns>
        public bool Add(float loss)
        {
            if (!float.IsFinite(loss))
                return !(_diverged = true);
            var index = _rates.Count;
            _rates.Add((float)(minimum * Math.Pow(maximum / (double)minimum, index / (steps - 1.0))));
            _losses.Add(loss);
            _average = (Smoothing * _average) + ((1 - Smoothing) * loss);
            _smoothed.Add(_average / (1 - Math.Pow(Smoothing, index + 1)));
            _least = Math.Min(_least, _smoothed[^1]);
            _diverged = _smoothed[^1] > Divergence * _least;
            return !_diverged;
        }

        public LearningRateRange Result() => new([.. _rates], [.. _losses], [.. _smoothed], Suggest(_rates, _smoothed, steps));
    }
}
