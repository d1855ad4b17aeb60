using StaticNet.Reference.Nodes;

namespace StaticNet.Reference.Sampling;

/// <summary>Draws a network over [channel, height, width] or [channel, length] that follows every rule.</summary>
/// <remarks>
/// It grows segment by segment, each of which leaves one value for the next. What a layer makes of a shape, and whether it fits at
/// all, is asked of the reference.
/// </remarks>
internal sealed class SpatialNetworkBuilder
{
    private const int LargestValue = 1200;
    private const int LargestParameters = 3000;
    private const int LargestAxis = 24;
    private const int LargestProducts = 120_000;
    private const int Attempts = 12;

    private readonly Random _random;
    private readonly SpatialKinds _kinds;
    private readonly LayerSampler _layers;
    private readonly SpatialLayerSampler _spatial;
    private readonly bool _trains;
    private readonly List<LayerAttribute> _attributes = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly InputAttribute _input;
    private string _above = "input";
    private string? _from;
    private int[] _shape;

    public SpatialNetworkBuilder(Random random, SpatialKinds kinds)
    {
        _random = random;
        _kinds = kinds;
        _trains = random.Next(3) > 0;
        var functions = Enum.GetValues<Activation>().Where(
            function => function < Activation.LeCunTanh || (kinds.HasFlag(SpatialKinds.LaterFunctions) && IsTame(function)));
        _layers = new LayerSampler(random, _trains, [.. functions]);
        _spatial = new SpatialLayerSampler(random, kinds, _layers);
        _shape = kinds.HasFlag(SpatialKinds.Length) && random.Next(3) == 0
            ? [random.Next(1, 21), random.Next(1, 13)]
            : [OneOf(1, 2, 3, random.Next(1, 21)), random.Next(1, 13), random.Next(1, 13)];
        _input = new InputAttribute(_shape);
        if (kinds.HasFlag(SpatialKinds.ChannelsLast) && random.Next(4) == 0)
            _input.Layout = Layout.ChannelsLast;
    }

    /// <summary>Whether a function neither grows fast nor is infinite anywhere.</summary>
    private static bool IsTame(Activation function) => function
        is not (Activation.Exp or Activation.Log or Activation.Sqrt or Activation.Square or Activation.Reciprocal or Activation.Sign);

    public IReadOnlyList<Attribute> Build()
    {
        for (var segments = _random.Next(1, 6); segments > 0; segments--)
            Segment();
        var loss = Head();

        List<Attribute> result = [new NetworkAttribute(), _input, .. _attributes];
        if (_trains)
            result.Insert(1, new TrainingAttribute { BatchSize = _random.Next(4) == 0 ? 32 : _random.Next(1, 25) });
        if (_trains || _random.Next(2) == 0)
            result.Add(loss);
        if (result.OfType<TrainingAttribute>().SingleOrDefault() is { } training)
            training.InputGradients = _random.Next(2) == 0;
        return result;
    }

    private void Segment()
    {
        if (_shape.Length == 1)
        {
            OneAxisSegment();
            return;
        }

        switch (_random.Next(8))
        {
            case 0 when _kinds.HasFlag(SpatialKinds.LaterFunctions) && _random.Next(4) == 0:
                TryAppend(new ActivationAttribute(OneOf([.. Nodes.OwnFunctions.Smooth])) { Alpha = 1.3f });
                break;
            case 0:
                TryAppend(new ActivationAttribute(_spatial.Function(_shape)));
                break;
            case 1 when _kinds.HasFlag(SpatialKinds.Branches | SpatialKinds.Convolution):
                Residual();
                break;
            case 2 when _kinds.HasFlag(SpatialKinds.Branches | SpatialKinds.Convolution):
                Branches();
                break;
            case 3 when _kinds.HasFlag(SpatialKinds.Dense):
                TryAppend(_layers.Dense(_random.Next(1, 13), _shape[^1]));
                break;
            default:
                Layer();
                break;
        }
    }

    private void Layer()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (_spatial.Layer(_shape) is not { } layer || TryAppend(layer) is not null)
                return;
        }
    }

    // x + convolutions of x, with or without normalisation between.
    private void Residual()
    {
        var (anchor, shape) = (_above, _shape);
        if (_from is not null || TryAppend(_spatial.SameConvolution(shape, shape[0])) is null)
            return;
        if (_kinds.HasFlag(SpatialKinds.BatchNorm) && _random.Next(2) == 0)
            TryAppend(_spatial.BatchNorm(_shape));
        Append(new AddAttribute(anchor), shape);
    }

    // Two convolutions side by side, one behind the other along the channels.
    private void Branches()
    {
        var (anchor, shape) = (_from ?? _above, _shape);
        if (TryAppend(_spatial.SameConvolution(shape, _random.Next(1, 9))) is not { } first)
            return;
        var channels = _shape[0];
        (_from, _shape) = (anchor, shape);
        if (TryAppend(_spatial.SameConvolution(shape, _random.Next(1, 9))) is not { } second)
        {
            // What is above is then the first branch alone.
            (_from, _shape) = (null, [channels, .. shape[1..]]);
            return;
        }

        Append(new ConcatAttribute(first, second), [channels + _shape[0], .. shape[1..]]);
    }

    private void OneAxisSegment()
    {
        switch (_random.Next(4))
        {
            case 0:
                TryAppend(_layers.Dense(_random.Next(1, 33), _shape[0]));
                break;
            case 1 when _kinds.HasFlag(SpatialKinds.BatchNorm):
                TryAppend(_spatial.BatchNorm(_shape));
                break;
            case 2 when _kinds.HasFlag(SpatialKinds.LayerNorm) && _shape[0] > 3:
                TryAppend(new LayerNormAttribute());
                break;
            default:
                if (_layers.OneOf([.. Enumerable.Range(1, 12).Where(size => _shape[0] % size == 0)]) is var width and > 1)
                    TryAppend(new ReshapeAttribute(-1, 1, width));
                break;
        }
    }

    private LossAttribute Head()
    {
        if (_shape.Length > 1 && _kinds.HasFlag(SpatialKinds.SpatialLoss) && _random.Next(3) == 0 && Learns())
        {
            return OneOf<LossAttribute>(
                new MeanSquaredErrorLossAttribute(),
                new HuberLossAttribute { Delta = 0.5f },
                new HalfSquaredErrorLossAttribute { Reduction = Reduction.Sum });
        }

        var loss = _layers.Loss();
        if (_shape.Length > 1 && (!_kinds.HasFlag(SpatialKinds.GlobalPool) || _random.Next(3) > 0))
            Append(new FlattenAttribute(), [Node.LengthOf(_shape)]);
        else if (_shape.Length > 1)
            Append(new GlobalAveragePoolAttribute(), [_shape[0]]);
        var units = Math.Max(2, Math.Min(_random.Next(1, 21), 2 * LargestParameters / _shape[0]));
        Append(_layers.LastDense(units, loss), [units]);
        if (loss is BinaryCrossEntropyLossAttribute)
            Append(new ActivationAttribute(Activation.Sigmoid), [units]);
        return loss;
    }

    private bool Learns() =>
        new ReferenceNetwork([_input, .. _attributes]).Parameters.Any(parameter => parameter.Trainable);

    /// <summary>Appends a layer, if it fits and is not too large, and gives its name.</summary>
    private string? TryAppend(LayerAttribute layer)
    {
        ReferenceNetwork alone;
        try
        {
            alone = new ReferenceNetwork([new InputAttribute(_shape), layer]);
        }
        catch (ArgumentException)
        {
            return null;
        }

        var parameters = alone.Parameters.Sum(parameter => parameter.Length);
        var positions = alone.OutputLength / alone.OutputShape[0];
        var fits = alone.OutputLength <= LargestValue
            && alone.OutputShape.Max() <= (alone.OutputShape.Count == 1 ? LargestValue : LargestAxis)
            && parameters <= LargestParameters
            && (long)parameters * Math.Max(positions, Node.LengthOf(_shape[1..])) <= LargestProducts;
        return fits ? Append(layer, [.. alone.OutputShape]) : null;
    }

    private string Append(LayerAttribute layer, int[] shape)
    {
        var kind = GraphScope.Kind(layer);
        var count = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (_random.Next(4) == 0)
            layer.Name = FormattableString.Invariant($"{OneOf("stem", "stage", "Head", "f")}_{_attributes.Count}");
        layer.From = _from;
        _from = null;
        _attributes.Add(layer);
        _shape = shape;
        return _above = layer.Name ?? FormattableString.Invariant($"{kind}{count}");
    }

    private T OneOf<T>(params T[] choices) => _layers.OneOf(choices);
}
