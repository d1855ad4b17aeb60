namespace StaticNet.Reference.Sampling;

/// <summary>Draws a network over sequences that follows every rule: recurrent layers, causal convolutions, delays and what else suits.</summary>
internal sealed class SequenceNetworkBuilder(Random random)
{
    private readonly List<Attribute> _attributes = [];
    private bool _isNarrow;
    private int _steps;
    private int _left;
    private int _stride = 1;
    private int _width;
    private int _names;
    private bool _isEnded;

    public IReadOnlyList<Attribute> Build()
    {
        _steps = _left = random.Next(2, 14);
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
        result.Insert(1, new TrainingAttribute { BatchSize = random.Next(1, 21), InputGradients = random.Next(2) == 0, TimeSteps = random.Next(3) == 0 ? _stride * random.Next(1, (_steps / _stride) + 1) : 0 });
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
        switch (_isNarrow ? OneOf(4, 5, 6, 8) : random.Next(12))
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
                _attributes.Add(new DelayAttribute(random.Next(1, 6)) { InitialValue = OneOf(0f, 0f, 0.75f, -1.5f) });
                break;
            case 8 or 9:
                Stride();
                break;
            case 10:
                TransposedConvolution();
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
                layer = new LSTMAttribute(units)
                {
                    RecurrentBias = random.Next(2) == 0,
                    ForgetBias = OneOf(0f, 1f),
                    RecurrentActivation = Gate(),
                    Peepholes = random.Next(3) == 0,
                    Projection = units > 1 && random.Next(3) == 0 ? random.Next(1, units) : 0,
                };
                break;
        }

        layer.Activation = OneOf(
            Activation.Tanh, Activation.Tanh, Activation.Sigmoid, Activation.HardTanh, Activation.HardSigmoid, Activation.Softsign, Activation.LeCunTanh, Activation.ReLU6);
        layer.Direction = OneOf(SequenceDirection.Forward, SequenceDirection.Forward, SequenceDirection.Reverse, SequenceDirection.Bidirectional);
        layer.Bias = random.Next(4) > 0;
        layer.ReturnSequences = random.Next(4) > 0;
        layer.Trainable = random.Next(8) > 0;
        layer.LearnedState = random.Next(4) == 0;
        layer.RecurrentDropout = random.Next(4) == 0 ? 0.25 : 0;
        layer.WeightNorm = random.Next(4) == 0 && layer is not GRUAttribute { ResetAfter: false };
        layer.Unrolling = OneOf(Unrolling.Auto, Unrolling.Auto, Unrolling.Always, Unrolling.Never);
        _attributes.Add(layer);
        var width = layer is LSTMAttribute { Projection: > 0 and var projection } ? projection : units;
        _width = layer.Direction == SequenceDirection.Bidirectional ? 2 * width : width;
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

    /// <summary>A layer that leaves fewer steps, if those that there are can be divided.</summary>
    private void Stride()
    {
        int[] strides = [.. Enumerable.Range(1, 4).Where(stride => stride == 1 || (_left % stride == 0 && _left > stride))];
        var stride = strides[random.Next(strides.Length)];
        var kernel = stride + random.Next(3);
        switch (random.Next(3))
        {
            case 0:
                _attributes.Add(new CausalMaxPool1DAttribute(kernel) { Stride = stride == kernel ? 0 : stride });
                break;
            case 1:
                _attributes.Add(new CausalAveragePool1DAttribute(kernel) { Stride = stride });
                break;
            default:
                _width = Width(20);
                _attributes.Add(new CausalConv1DAttribute(_width)
                {
                    Kernel = kernel,
                    Stride = stride,
                    Dilation = random.Next(1, 4),
                    Activation = OneOf(Activation.Identity, Activation.Tanh, Activation.PReLU),
                    Trainable = random.Next(8) > 0,
                });
                break;
        }

        SetLeft(_left / stride);
    }

    private void TransposedConvolution()
    {
        var groups = _width % 2 == 0 && random.Next(3) == 0 ? 2 : 1;
        var stride = random.Next(1, 4);
        _width = groups * random.Next(1, 10);
        _attributes.Add(new CausalConvTranspose1DAttribute(_width)
        {
            Kernel = stride + random.Next(3),
            Stride = stride,
            Dilation = random.Next(1, 3),
            Groups = groups,
            Activation = OneOf(Activation.Identity, Activation.Tanh, Activation.PReLU),
            Bias = random.Next(4) > 0,
            Trainable = random.Next(8) > 0,
        });
        SetLeft(_left * stride);
    }

    /// <summary>Notes the steps that there are, and how many of the input belong together.</summary>
    private void SetLeft(int steps)
    {
        _left = steps;
        var stride = _steps / Divisor(_steps, steps);
        _stride = _stride / Divisor(_stride, stride) * stride;
    }

    private static int Divisor(int first, int second) => second == 0 ? first : Divisor(second, first % second);

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
