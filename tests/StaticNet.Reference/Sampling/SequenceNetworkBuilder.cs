namespace StaticNet.Reference.Sampling;

/// <summary>Draws a network over sequences that follows every rule: recurrent layers, causal convolutions, delays and what else suits.</summary>
internal sealed class SequenceNetworkBuilder(Random random)
{
    private readonly List<Attribute> _attributes = [];
    private bool _isNarrow;
    private int _steps;
    private int _width;
    private int _names;
    private bool _isEnded;

    public IReadOnlyList<Attribute> Build()
    {
        _steps = random.Next(2, 14);
        var trains = random.Next(3) > 0;
        // Few channels go through a stream in planes, where all layers can.
        _isNarrow = random.Next(4) == 0;
        _width = Width(24);
        var input = new InputAttribute(_width) { Steps = _steps };
        for (var layers = random.Next(1, 5); layers > 0 && !_isEnded; layers--)
            Segment();
        if (!_isEnded && random.Next(3) == 0)
            _attributes.Add(new LastStepAttribute());
        var outputs = _isNarrow ? random.Next(2, 5) : random.Next(2, 6);
        _attributes.Add(new DenseAttribute(outputs));
        List<Attribute> result = [new NetworkAttribute(), input, .. _attributes];
        if (!trains)
            return result;
        result.Insert(1, new TrainingAttribute { BatchSize = random.Next(1, 21), InputGradients = random.Next(2) == 0, TimeSteps = random.Next(3) == 0 ? random.Next(1, _steps + 1) : 0 });
        result.Add(random.Next(3) switch
        {
            0 => new SoftmaxCrossEntropyLossAttribute(),
            1 => new HuberLossAttribute { Reduction = OneOf(Reduction.Mean, Reduction.Sum) },
            _ => new MeanSquaredErrorLossAttribute(),
        });
        return result;
    }

    private void Segment()
    {
        switch (_isNarrow ? OneOf(4, 5, 6, 8) : random.Next(9))
        {
            case 0 or 1 or 2 or 3:
                Recurrent();
                break;
            case 4 or 5:
                Convolution();
                break;
            case 6:
                _width = Width(30);
                _attributes.Add(new DenseAttribute(_width) { Activation = OneOf(Activation.Tanh, Activation.Identity, Activation.GELU) });
                break;
            case 7:
                _attributes.Add(new DelayAttribute(random.Next(1, 6)));
                break;
            default:
                Residual();
                break;
        }
    }

    private void Recurrent()
    {
        RecurrentLayerAttribute layer;
        var units = random.Next(1, random.Next(2) == 0 ? 12 : 50);
        switch (random.Next(3))
        {
            case 0:
                layer = new SimpleRNNAttribute(units) { RecurrentBias = random.Next(2) == 0 };
                break;
            case 1:
                layer = new GRUAttribute(units) { RecurrentBias = random.Next(3) > 0, RecurrentActivation = GateOfGRU(), ResetAfter = random.Next(2) == 0 };
                break;
            default:
                layer = new LSTMAttribute(units) { RecurrentBias = random.Next(2) == 0, ForgetBias = OneOf(0f, 1f), RecurrentActivation = Gate(), Peepholes = random.Next(3) == 0 };
                break;
        }

        layer.Activation = OneOf(
            Activation.Tanh, Activation.Tanh, Activation.Sigmoid, Activation.HardTanh, Activation.HardSigmoid, Activation.Softsign, Activation.LeCunTanh, Activation.ReLU6);
        layer.Direction = OneOf(SequenceDirection.Forward, SequenceDirection.Forward, SequenceDirection.Reverse, SequenceDirection.Bidirectional);
        layer.Bias = random.Next(4) > 0;
        layer.ReturnSequences = random.Next(4) > 0;
        layer.Trainable = random.Next(8) > 0;
        layer.LearnedState = random.Next(4) == 0;
        layer.Unrolling = OneOf(Unrolling.Auto, Unrolling.Auto, Unrolling.Always, Unrolling.Never);
        _attributes.Add(layer);
        _width = layer.Direction == SequenceDirection.Bidirectional ? 2 * units : units;
        _isEnded = !layer.ReturnSequences;
    }

    private void Convolution()
    {
        var groups = _width % 2 == 0 && random.Next(3) == 0 ? 2 : 1;
        var filters = groups * (_isNarrow ? random.Next(1, 3) : random.Next(1, 20));
        _attributes.Add(new CausalConv1DAttribute(filters)
        {
            Kernel = random.Next(1, 6),
            Dilation = random.Next(1, 7),
            Groups = groups,
            Activation = OneOf(Activation.Identity, Activation.Tanh, Activation.SiLU, Activation.PReLU, Activation.LeakyReLU),
            Bias = random.Next(4) > 0,
            Trainable = random.Next(8) > 0,
        });
        _width = filters;
    }

    /// <summary>Two layers, the second of the first's width, and their sum.</summary>
    private void Residual()
    {
        var name = FormattableString.Invariant($"anchor{++_names}");
        _width = Width(20);
        _attributes.Add(new CausalConv1DAttribute(_width) { Name = name, Dilation = random.Next(1, 4) });
        _attributes.Add(!_isNarrow && random.Next(2) == 0 ? new GRUAttribute(_width) : new CausalConv1DAttribute(_width) { Activation = Activation.Tanh });
        _attributes.Add(new AddAttribute(name));
    }

    private int Width(int end) => random.Next(1, _isNarrow ? 5 : end);

    private Activation Gate() => OneOf(Activation.Sigmoid, Activation.Sigmoid, Activation.HardSigmoid, Activation.Tanh, Activation.HardTanh, Activation.Softsign);

    /// <summary>
    /// Over many steps a function between 0 and 1: a GRU mixes its candidate and its last output by a gate, and outside this
    /// range errors of rounding grow from step to step.
    /// </summary>
    private Activation GateOfGRU() => _steps > 4 ? OneOf(Activation.Sigmoid, Activation.Sigmoid, Activation.HardSigmoid) : Gate();

    private T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
