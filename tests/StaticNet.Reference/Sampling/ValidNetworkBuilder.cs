using StaticNet.Reference.Nodes;

namespace StaticNet.Reference.Sampling;

/// <summary>Draws a network that follows every rule.</summary>
/// <remarks>
/// The network grows segment by segment (a layer, a residual connection, two branches, …), each of which leaves one value for
/// the next, so that every layer is used.
/// </remarks>
internal sealed class ValidNetworkBuilder
{
    private const int LargestValue = 1200;
    private const int LargestWeight = 6000;

    // Later activations are drawn by SpatialNetworkBuilder: here they would change what each seed means.
    private static readonly Activation[] Functions =
        [.. Enum.GetValues<Activation>().Where(function => function <= Activation.LogSoftmax)];

    private readonly Random _random;
    private readonly LayerSampler _layers;
    private readonly bool _trains;
    private readonly List<Attribute> _attributes = [];
    private readonly List<LossAttribute> _losses = [];
    private readonly Dictionary<Type, int> _counts = [];
    private string _above = "input";
    private string? _from;
    private string? _features;
    private int[] _shape;

    public ValidNetworkBuilder(Random random)
    {
        _random = random;
        _trains = random.Next(3) > 0;
        _layers = new LayerSampler(random, _trains, Functions);
        _shape = RandomShape();
    }

    public IReadOnlyList<Attribute> Build()
    {
        var input = new InputAttribute(_shape);
        for (var segments = _random.Next(6); segments > 0; segments--)
            Segment();
        Head();

        var losses = _trains || _random.Next(2) == 0 ? _losses : [];
        List<Attribute> result = [new NetworkAttribute(), input, .. _attributes, .. losses];
        if (_trains)
            result.Insert(1, new TrainingAttribute { BatchSize = _random.Next(4) == 0 ? 32 : _random.Next(1, 41) });
        // Drawn last, so that it changes nothing else of what each seed means.
        if (_trains && _features is not null && _random.Next(2) == 0)
            result.Add(new CenterLossAttribute { From = _features, Weight = _layers.OneOf(0.05f, 0.5f), Rate = _layers.OneOf(0.5f, 0.25f, 1) });
        if (result.OfType<TrainingAttribute>().SingleOrDefault() is { } training)
            training.InputGradients = _random.Next(2) == 0;
        return result;
    }

    private void Segment()
    {
        switch (_random.Next(14))
        {
            case 0 or 1 or 2:
                Dense(Fitting(Width()));
                break;
            case 3:
                var (units, pieces) = (_random.Next(1, 24), _random.Next(2, 5));
                if (Fits(units * pieces))
                    Append(_layers.Maxout(units, pieces, _shape[^1]), [.. _shape[..^1], units]);
                break;
            case 4 or 5:
                Append(_layers.ActivationLayer(_shape[^1]), _shape);
                break;
            case 6:
                var rate = _layers.OneOf(0, 0.1, 0.25, 0.5, 0.8);
                Append(rate == 0.8 ? new GaussianNoiseAttribute(0.3f) : new DropoutAttribute(rate), _shape);
                break;
            case 7:
                Reshape();
                break;
            case 8:
                Residual();
                break;
            case 9:
                Branches();
                break;
            case 10:
                Gate();
                break;
            case 11:
                SelfConcat();
                break;
            case 12:
                Block();
                break;
            default:
                SideLoss();
                break;
        }
    }

    private void Residual()
    {
        var (anchor, shape) = (_above, _shape);
        if (!Fits(shape[^1]) || _from is not null)
            return;
        Dense(shape[^1]);
        if (_random.Next(2) == 0)
            Dense(shape[^1]);
        Append(new AddAttribute(anchor), shape);
    }

    private void Branches()
    {
        var (anchor, shape) = (_from ?? _above, _shape);
        var same = _random.Next(3) > 0;
        var width = Fitting(Width());
        var names = new string[_random.Next(2, 4)];
        var last = 0;
        for (var branch = 0; branch < names.Length; branch++)
        {
            (_from, _shape) = (anchor, shape);
            var units = same ? width : Fitting(Width());
            names[branch] = Dense(units);
            last += _shape[^1];
        }

        if (same && _random.Next(4) > 0)
            Append(Join(names), _shape);
        else
            Append(new ConcatAttribute(names) { Axis = _random.Next(2) == 0 ? -1 : _shape.Length - 1 }, [.. _shape[..^1], last]);
    }

    private LayerAttribute Join(string[] names) => _random.Next(names.Length == 2 ? 5 : 4) switch
    {
        0 => new AddAttribute(names),
        1 => new MultiplyAttribute(names),
        2 => new MinimumAttribute(names),
        3 => new MaximumAttribute(names),
        _ => new SubtractAttribute(names),
    };

    private void Gate()
    {
        var (anchor, shape) = (_above, _shape);
        if (!Fits(shape[^1]) || _from is not null)
            return;
        var activation = _layers.OneOf(Activation.Sigmoid, Activation.Tanh, Activation.HardSigmoid);
        Append(new DenseAttribute(shape[^1]) { Activation = activation }, shape);
        Append(new MultiplyAttribute(anchor), shape);
    }

    private void SelfConcat()
    {
        var (anchor, shape) = (_above, _shape);
        if (2 * Node.LengthOf(shape) > LargestValue || _from is not null)
            return;
        Append(_layers.ActivationLayer(shape[^1]), shape);
        var axis = _random.Next(shape.Length);
        int[] joined = [.. shape];
        joined[axis] *= 2;
        Append(new ConcatAttribute(anchor) { Axis = _random.Next(2) == 0 ? axis : axis - shape.Length }, joined);
    }

    private void Block()
    {
        var (definition, width) = _layers.OneOf<(Type, Func<int, int>)>(
            (typeof(Blocks.Gated), same => same),
            (typeof(Blocks.TwoActivations), same => same),
            (typeof(Blocks.Bottleneck), _ => 12),
            (typeof(Blocks.Residual), _ => 17),
            (typeof(Blocks.Doubled), same => 2 * same),
            (typeof(Blocks.Nested), _ => 6));
        if (Fits(Math.Max(17, width(_shape[^1]))))
            Append(new BlockAttribute(definition) { Trainable = _random.Next(5) > 0 }, [.. _shape[..^1], width(_shape[^1])]);
    }

    private void SideLoss()
    {
        var (anchor, shape) = (_from ?? _above, _shape);
        if (!_trains || _losses.Count > 1)
            return;
        Loss();
        _losses[^1].From = _above;
        (_from, _shape) = (anchor, shape);
    }

    private void Head()
    {
        Loss();
        if (_random.Next(4) == 0)
            _losses[^1].From = _above;
    }

    // Layers that end in what the loss takes. The first of them is trainable, so that there is something to learn.
    private void Loss()
    {
        var loss = _layers.Loss();
        if (loss is SoftmaxCrossEntropyLossAttribute or MultiClassHingeLossAttribute && _shape.Length > 1)
            Append(new FlattenAttribute(), [Node.LengthOf(_shape)]);
        var units = Math.Min(Width(), LargestWeight / _shape[^1]);
        if (loss is SoftmaxCrossEntropyLossAttribute or MultiClassHingeLossAttribute)
        {
            units = Math.Max(2, units);
            _features = loss is SoftmaxCrossEntropyLossAttribute { SoftTargets: true } ? _features : _from ?? _above;
        }
        else
            units = Fitting(units);
        Append(_layers.LastDense(units, loss), [.. _shape[..^1], units]);
        if (loss is BinaryCrossEntropyLossAttribute)
            Append(new ActivationAttribute(units > 1 && _random.Next(3) == 0 ? Activation.Softmax : Activation.Sigmoid), _shape);
        _losses.Add(loss);
    }

    private string Dense(int units) => Append(_layers.Dense(units, _shape[^1]), [.. _shape[..^1], units]);

    private void Reshape()
    {
        var length = Node.LengthOf(_shape);
        if (_random.Next(2) == 0)
        {
            Append(new FlattenAttribute(), [length]);
            return;
        }

        var shape = new int[_random.Next(1, 4)];
        for (var axis = 0; axis < shape.Length - 1; axis++)
        {
            shape[axis] = _layers.OneOf([.. Enumerable.Range(1, Math.Min(length, 12)).Where(divisor => length % divisor == 0)]);
            length /= shape[axis];
        }

        shape[^1] = length;
        int[] written = [.. shape];
        if (_random.Next(2) == 0)
            written[_random.Next(shape.Length)] = -1;
        Append(new ReshapeAttribute(written), shape);
    }

    private string Append(LayerAttribute layer, int[] shape)
    {
        var count = _counts[layer.GetType()] = _counts.GetValueOrDefault(layer.GetType()) + 1;
        if (_random.Next(3) == 0)
            layer.Name = FormattableString.Invariant($"{_layers.OneOf("stem", "branch", "Gate", "h")}_{_attributes.Count}");
        layer.From = _from ?? (_random.Next(8) == 0 && !IsJoinOfMany(layer) ? _above : null);
        _from = null;
        _attributes.Add(layer);
        _shape = shape;
        var kind = char.ToLowerInvariant(layer.GetType().Name[0]) + layer.GetType().Name[1..^nameof(Attribute).Length];
        return _above = layer.Name ?? FormattableString.Invariant($"{kind}{count}");
    }

    private static bool IsJoinOfMany(LayerAttribute layer) => layer
        is AddAttribute { Inputs.Length: > 1 }
        or MultiplyAttribute { Inputs.Length: > 1 }
        or SubtractAttribute { Inputs.Length: > 1 }
        or MinimumAttribute { Inputs.Length: > 1 }
        or MaximumAttribute { Inputs.Length: > 1 }
        or ConcatAttribute { Inputs.Length: > 1 };

    private int Fitting(int units) => Fits(units) ? units : 1;

    private bool Fits(int units) =>
        Node.LengthOf(_shape[..^1]) * units <= LargestValue && _shape[^1] * units <= LargestWeight;

    private int[] RandomShape() => _random.Next(4) switch
    {
        0 => [_random.Next(1, 9), _random.Next(1, 33)],
        1 => [_random.Next(1, 5), _random.Next(1, 7), _random.Next(1, 20)],
        _ => [Width()],
    };

    // 1 to 70; half of them at, below or above a multiple of a register or a panel.
    private int Width()
    {
        if (_random.Next(2) == 0)
            return _random.Next(1, 71);
        var lanes = 4 << _random.Next(3);
        return Math.Clamp((lanes * _random.Next(1, 1 + (64 / lanes))) + _random.Next(-1, 2), 1, 70);
    }
}
