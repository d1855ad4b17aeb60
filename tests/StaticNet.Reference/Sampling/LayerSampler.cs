namespace StaticNet.Reference.Sampling;

/// <summary>Draws the arguments of valid layers and losses.</summary>
/// <param name="random">The source.</param>
/// <param name="trains">Whether the network trains, and so has no step.</param>
/// <param name="functions">The activations to draw from.</param>
internal sealed class LayerSampler(Random random, bool trains, Activation[] functions)
{
    public T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];

    public DenseAttribute Dense(int units, int inputs)
    {
        var activation = Function(units);
        var dense = new DenseAttribute(units)
        {
            Activation = activation,
            ActivationAlpha = Alpha(activation),
            SharedSlope = activation == Activation.PReLU && random.Next(2) == 0,
        };
        Arguments(dense, inputs);
        return dense;
    }

    public MaxoutAttribute Maxout(int units, int pieces, int inputs)
    {
        var maxout = new MaxoutAttribute(units, pieces);
        Arguments(maxout, inputs);
        return maxout;
    }

    public ActivationAttribute ActivationLayer(int width)
    {
        var function = Function(width);
        return new ActivationAttribute(function)
        {
            Alpha = Alpha(function),
            SharedSlope = function == Activation.PReLU && random.Next(2) == 0,
            Trainable = function != Activation.PReLU || random.Next(4) > 0,
        };
    }

    /// <summary>The layer in front of a loss.</summary>
    public DenseAttribute LastDense(int units, LossAttribute loss) => new(units)
    {
        Activation = loss switch
        {
            SoftmaxCrossEntropyLossAttribute or BinaryCrossEntropyWithLogitsLossAttribute or BinaryCrossEntropyLossAttribute =>
                Activation.Identity,
            // A bounded activation would saturate at 1 and −1, where the hinges have their kinks.
            MultiClassHingeLossAttribute or HingeLossAttribute or SquaredHingeLossAttribute =>
                OneOf(Activation.Identity, Activation.Softplus, Activation.LeakyReLU),
            _ => random.Next(2) == 0 ? Activation.Identity : SmoothFunction(units),
        },
    };

    public LossAttribute Loss()
    {
        LossAttribute loss = random.Next(10) switch
        {
            0 => new MeanSquaredErrorLossAttribute(),
            1 => new HalfSquaredErrorLossAttribute(),
            2 => new MeanAbsoluteErrorLossAttribute(),
            3 => new HuberLossAttribute { Delta = OneOf(1, 0.5f, 2) },
            4 => new BinaryCrossEntropyLossAttribute(),
            5 => new BinaryCrossEntropyWithLogitsLossAttribute(),
            6 => new SoftmaxCrossEntropyLossAttribute { SoftTargets = random.Next(2) == 0, LabelSmoothing = OneOf(0, 0, 0.1f) },
            7 => new HingeLossAttribute(),
            8 => new MultiClassHingeLossAttribute { Margin = OneOf(1, 0.5f) },
            _ => new SquaredHingeLossAttribute(),
        };
        loss.Reduction = OneOf(Reduction.Mean, Reduction.Sum);
        loss.Weight = OneOf(1, 1, 0.25f, 1.5f);
        return loss;
    }

    /// <summary>Draws what all layers with a weight have.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The number of values that go into one of its outputs.</param>
    public void Arguments(ParametricLayerAttribute layer, int inputs)
    {
        layer.Bias = random.Next(5) > 0;
        layer.BiasValue = OneOf(0, 0, 0.1f);
        layer.Trainable = random.Next(6) > 0;
        layer.Unrolling = OneOf(Unrolling.Auto, Unrolling.Auto, Unrolling.Always, Unrolling.Never);
        layer.Initializer = OneOf(Enum.GetValues<Initializer>());
        if (layer.Initializer == Initializer.Sparse)
            layer.InitializerValue = random.Next(1, Math.Min(inputs, 15) + 1);
    }

    /// <summary>Draws an activation.</summary>
    /// <param name="width">The size of the last axis.</param>
    public Activation Function(int width)
    {
        var function = OneOf(functions);
        var impossible = (function == Activation.Step && trains)
            || (function is Activation.Softmax or Activation.LogSoftmax && width == 1);
        return impossible ? Activation.Tanh : function;
    }

    private Activation SmoothFunction(int width)
    {
        var function = Function(width);
        return function == Activation.Step ? Activation.Identity : function;
    }

    /// <summary>Draws an activation's α.</summary>
    public float Alpha(Activation function) => function switch
    {
        Activation.LeakyReLU or Activation.PReLU => OneOf(float.NaN, 0.1f, 0.3f),
        Activation.ELU => OneOf(float.NaN, 0.5f, 1.5f),
        _ => float.NaN,
    };
}
