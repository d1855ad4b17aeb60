using StaticNet.Data;
using StaticNet.Numerics;

namespace StaticNet;

/// <summary>What weight normalisation can do beyond generated code.</summary>
public static class WeightNormExtensions
{
    /// <summary>
    /// The factor by which sums are made small while they are measured: of numbers so close together an activation is a straight
    /// line to 0.1 %, and of float's seven digits four are left.
    /// </summary>
    private const double Small = 1.0 / 512;

    /// <summary>
    /// Sets magnitudes and biases of the layers with weight normalisation so that what goes into each one's activation has mean 0 and
    /// variance 1, channel by channel, over some data: g = 1 / σ and b = −μ / σ of v·x / ‖v‖. Layers are set one after the
    /// other, each on the outputs of those that have been set. Recurrent layers stay as they are. Salimans and Kingma, "Weight Normalization", 2016.
    /// </summary>
    /// <param name="network">The network, freshly initialised; frozen layers and directions stay as they are.</param>
    /// <param name="data">The first batch: samples in the network's numbers; some hundreds are enough.</param>
    /// <remarks>
    /// Figures are right to about 0.5 %. A layer without a bias gets its magnitude alone, and should have no activation. A channel that
    /// never varies keeps its magnitude. Where the call fails, all parameters stay as they were.
    /// </remarks>
    /// <exception cref="ArgumentException">The data is empty or does not fit the network.</exception>
    /// <exception cref="InvalidOperationException">
    /// A layer is computed in one go with one that joins it with others, such as Add, so that its own sums cannot be seen.
    /// </exception>
    public static void InitializeWeightNorm<TNetwork>(this TNetwork network, DataSource data)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException("Expected at least one sample; the data is empty.", nameof(data));
        if (data.InputLength != TNetwork.InputLength)
            throw new ArgumentException($"{TNetwork.Description.Name} takes {TNetwork.InputLength} inputs per sample; the data has {data.InputLength}.", nameof(data));

        var before = network.Weights.Values.ToArray();
        try
        {
            foreach (var magnitude in TNetwork.ParameterTable.Parameters.Where(parameter => parameter is { Kind: ParameterKind.Magnitude, Trainable: true, Gates: 1 } && parameter.Name == parameter.Layer + ".weight_g"))
            {
                var bias = TNetwork.ParameterTable.Parameters.FirstOrDefault(parameter => parameter.Kind == ParameterKind.Bias && parameter.Layer == magnitude.Layer);
                new Layer<TNetwork>(network, magnitude, bias).Initialize(data);
            }
        }
        catch
        {
            // While a layer is measured its parameters are others.
            before.CopyTo(network.Weights.Edit());
            throw;
        }
    }

    /// <summary>One layer. What its activation is hardly matters: near any point it is a straight line, whose height and slope are measured too.</summary>
    private sealed class Layer<TNetwork>(TNetwork network, ParameterInfo magnitude, ParameterInfo? bias) : ILayerTrace
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        private readonly int _channels = magnitude.Count;
        private readonly double[] _sums = new double[magnitude.Count];
        private readonly double[] _squares = new double[magnitude.Count];
        private double[] _origins = new double[magnitude.Count];
        private long _count;
        private bool _isSeen;

        public void Initialize(DataSource data)
        {
            var before = new float[_channels];
            magnitude.Unpack(network.Weights.Values, before);
            // At 1 every activation that trains has a slope, and those of the rectifiers no kink nearby.
            Set(_ => 0, _ => 1);
            var heights = Measure(data, samples: 1).Means;
            Set(_ => 0, _ => 1 + Small);
            var slopes = bias is null ? [.. heights.Select(_ => 1.0)] : Measure(data, samples: 1).Means.Select((mean, channel) => (mean - heights[channel]) / Small).ToArray();
            _origins = heights;

            // The second round knows how small the sums have to be made, and where their middle is.
            var (means, deviations) = (new double[_channels], new double[_channels]);
            var scales = Enumerable.Repeat(Small, _channels).ToArray();
            for (var round = 0; round < 2; round++)
            {
                var shifts = means.Select((mean, channel) => bias is null ? 0 : -mean * scales[channel]).ToArray();
                Set(channel => scales[channel], channel => 1 + shifts[channel]);
                var (seen, spread) = Measure(data, data.Count);
                for (var channel = 0; channel < _channels; channel++)
                {
                    means[channel] = (((seen[channel] - heights[channel]) / slopes[channel]) - shifts[channel]) / scales[channel];
                    deviations[channel] = Math.Abs(spread[channel] / slopes[channel] / scales[channel]);
                    if (IsVaried(means[channel], deviations[channel]))
                        scales[channel] = Small / deviations[channel];
                }
            }

            Set(
                channel => IsVaried(means[channel], deviations[channel]) ? 1 / deviations[channel] : before[channel],
                channel => -means[channel] * (IsVaried(means[channel], deviations[channel]) ? 1 / deviations[channel] : before[channel]));
        }

        /// <summary>Whether a channel's deviation is more than the rounding of its numbers.</summary>
        private static bool IsVaried(double mean, double deviation) => deviation > 1e-3 * Math.Abs(mean) && deviation > 1e-6 && double.IsFinite(deviation);

        public void Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout)
        {
            var layers = layer.Split(" + ");
            // The sums come first; what a layer computes from them may follow.
            if (_isSeen || !layers.Contains(magnitude.Layer))
                return;
            _isSeen = true;
            foreach (var joined in TNetwork.Description.Layers)
            {
                if (layers.Contains(joined.Name) && (joined.Kind.StartsWith("Add", StringComparison.Ordinal) || joined.Kind.StartsWith("Multiply", StringComparison.Ordinal)))
                    throw new InvalidOperationException($"The sums of {magnitude.Layer} cannot be seen: it is computed in one go with {joined.Name}.");
            }

            var stride = (_channels + ParameterInfo.PanelWidth - 1) / ParameterInfo.PanelWidth * ParameterInfo.PanelWidth;
            for (var row = 0; row < values.Length; row += stride)
            {
                for (var channel = 0; channel < _channels; channel++)
                {
                    var distance = values[row + channel] - _origins[channel];
                    _sums[channel] += distance;
                    _squares[channel] += distance * distance;
                }

                _count++;
            }
        }

        private (double[] Means, double[] Deviations) Measure(DataSource data, int samples)
        {
            Array.Clear(_sums);
            Array.Clear(_squares);
            _count = 0;
            var input = new float[data.InputLength];
            for (var sample = 0; sample < samples; sample++)
            {
                data.GatherInputs([sample], input);
                _isSeen = false;
                network.Trace(input, this);
            }

            var means = _sums.Select(sum => sum / _count).ToArray();
            var deviations = _squares.Select((square, channel) => Math.Sqrt(Math.Max(0, (square / _count) - (means[channel] * means[channel]))));
            return ([.. means.Select((mean, channel) => mean + _origins[channel])], [.. deviations]);
        }

        private void Set(Func<int, double> magnitudes, Func<int, double> biases)
        {
            magnitude.Pack([.. Enumerable.Range(0, _channels).Select(channel => (float)magnitudes(channel))], network.Weights.Edit());
            bias?.Pack([.. Enumerable.Range(0, _channels).Select(channel => (float)biases(channel))], network.Weights.Edit());
        }
    }
}
