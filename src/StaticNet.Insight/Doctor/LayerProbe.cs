using StaticNet.Training;

namespace StaticNet.Insight;

/// <summary>What the layers of a network compute for some samples: which units are dead, which are saturated, and how values are spread.</summary>
internal sealed class LayerProbe : ILayerTrace
{
    private const float SaturatedSigmoid = 0.025f;
    private const float SaturatedTanh = 0.95f;

    private static readonly string[] PassThrough = ["Dropout", "SpatialDropout", "MaxPool", "Flatten", "Reshape"];

    private readonly NetworkDescription _description;
    private readonly Dictionary<string, LayerValues> _layers = [];
    private readonly List<LayerValues> _order = [];
    private float[] _values = [];
    private int _steps;

    private LayerProbe(NetworkDescription description) => _description = description;

    /// <summary>Looks at a network.</summary>
    public static IReadOnlyList<LayerValues> Of(Trainer trainer, Probe probe)
    {
        var layers = new LayerProbe(trainer.Description);
        var inputs = probe.ScaledInputs(trainer);
        for (var sample = 0; sample < probe.Count; sample++)
        {
            layers._steps = probe.Lengths.Length == 0 ? layers._description.Steps : probe.Lengths[sample];
            trainer.Trace(inputs.AsSpan(sample * probe.InputLength, probe.InputLength), layers);
        }

        return layers._order;
    }

    void ILayerTrace.Visit(string layer, ReadOnlySpan<float> values, ValueLayout layout)
    {
        if (!_layers.TryGetValue(layer, out var kept))
        {
            // Of layers that are computed together, the last one gives the values; dropout and maxima leave the range of a function as it is.
            var kinds = layer.Split(" + ").Select(name => _description.Layers.FirstOrDefault(other => other.Name == name)?.Kind ?? "");
            var function = UnitFunctions.Of(kinds.LastOrDefault(kind => !PassThrough.Any(name => kind.StartsWith(name, StringComparison.Ordinal))) ?? "");
            var isOutput = layer.Split(" + ").Any(name => _description.Layers[^1].Name == name || _description.Losses.Any(loss => loss.From == name));
            kept = new LayerValues(layer, function, layout.Rank == 1 ? layout.Length : layout.Size(0), isOutput);
            _layers.Add(layer, kept);
            _order.Add(kept);
        }

        // A layer has a row for each step, or for what strides have left, of which the sequence may have fewer; one row for all of them is of the
        // whole room, filled up or not.
        var samples = values.Length / layout.SampleLength;
        if (samples == 1 && _steps < _description.Steps)
            return;
        if (_values.Length < samples * layout.Length)
            _values = new float[samples * layout.Length];
        layout.Unpack(values, _values.AsSpan(0, samples * layout.Length));
        for (var sample = 0; sample < (long)samples * _steps / _description.Steps; sample++)
            kept.Add(_values.AsSpan(sample * layout.Length, layout.Length));
    }

    /// <summary>What was seen of a layer.</summary>
    internal sealed class LayerValues(string name, UnitFunction function, int units, bool isOutput)
    {
        private readonly bool[] _alive = new bool[units];
        private long _count;
        private long _saturated;
        private double _sum;
        private double _squares;

        public string Name { get; } = name;

        public UnitFunction Function { get; } = function;

        /// <summary>Whether its values are an output of the network, or what a loss takes.</summary>
        public bool IsOutput { get; } = isOutput;

        public int Units => _alive.Length;

        /// <summary>The units that were 0 for every sample, and at every pixel.</summary>
        public int Dead => Function == UnitFunction.ReLU && _count > 0 ? _alive.Count(alive => !alive) : 0;

        /// <summary>The share of the values at the ends of the function's range.</summary>
        public double Saturation => (double)_saturated / _count;

        public double Mean => _sum / _count;

        public double Deviation => Math.Sqrt(Math.Max(0, (_squares / _count) - (Mean * Mean)));

        public void Add(ReadOnlySpan<float> values)
        {
            var width = values.Length / _alive.Length;
            for (var index = 0; index < values.Length; index++)
            {
                var value = values[index];
                _alive[index / width] |= value != 0;
                _saturated += Function switch
                {
                    UnitFunction.Sigmoid when value is < SaturatedSigmoid or > 1 - SaturatedSigmoid => 1,
                    UnitFunction.Tanh when Math.Abs(value) > SaturatedTanh => 1,
                    _ => 0,
                };
                _sum += value;
                _squares += (double)value * value;
            }

            _count += values.Length;
        }
    }
}
