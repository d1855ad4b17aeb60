namespace StaticNet.Reference.Sampling;

/// <summary>Draws attributes that the C# compiler takes, without a care for what they mean.</summary>
internal sealed class ArbitraryNetworkBuilder(Random random)
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 7, 16, 17, 64, -1, -2, 1000, 65_536, int.MaxValue, int.MinValue];
    private static readonly double[] Numbers =
        [0, 0.1, 0.5, 1, 1.5, -0.5, 1e30, -1e30, 1e-30, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly string?[] Names =
    [
        null, "", " ", "input", "output", "a", "b", "dense1", "dense2", "block1", "Forward", "class", "a.b", "1a", "_", "ä",
        "a\"\n", "\0", "\u2028",
    ];
    private static readonly Type[] Types =
    [
        typeof(Blocks.Gated), typeof(Blocks.Residual), typeof(Blocks.Nested), typeof(Blocks.Endless), typeof(Blocks.Ping),
        typeof(Blocks.Empty), typeof(Blocks.Broken), typeof(int), typeof(string), typeof(IDisposable), typeof(Activation),
    ];

    public IReadOnlyList<Attribute> Build()
    {
        var attributes = random.Next(2) == 0 ? FromNothing() : Mutated([.. new ValidNetworkBuilder(random).Build()]);
        return attributes.OfType<NetworkAttribute>().Any() ? attributes : [new NetworkAttribute(), .. attributes];
    }

    private List<Attribute> FromNothing()
    {
        List<Attribute> attributes = [new NetworkAttribute()];
        if (random.Next(2) == 0)
            attributes.Add(new TrainingAttribute { BatchSize = random.Next(2) == 0 ? 8 : OneOf(Sizes) });
        if (random.Next(8) > 0)
            attributes.Add(new InputAttribute(Shape()));
        for (var layers = random.Next(8); layers > 0; layers--)
            attributes.Add(Layer());
        for (var losses = random.Next(3); losses > 0; losses--)
            attributes.Add(Loss());
        if (random.Next(4) == 0)
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(attributes));
        return attributes;
    }

    // A sound network with a few things put in, taken out or moved: the mistakes that people make.
    private List<Attribute> Mutated(List<Attribute> attributes)
    {
        for (var mutations = random.Next(1, 4); mutations > 0 && attributes.Count > 0; mutations--)
        {
            var place = random.Next(attributes.Count);
            switch (random.Next(5))
            {
                case 0:
                    attributes.RemoveAt(place);
                    break;
                case 1:
                    attributes.Insert(place, random.Next(3) == 0 ? Loss() : Layer());
                    break;
                case 2 when attributes[place] is LayerAttribute layer:
                    layer.Name = OneOf(Names);
                    break;
                case 3 when attributes[place] is LayerAttribute layer:
                    layer.From = OneOf(Names);
                    break;
                default:
                    var moved = attributes[place];
                    attributes.RemoveAt(place);
                    attributes.Insert(random.Next(attributes.Count + 1), moved);
                    break;
            }
        }

        return attributes;
    }

    private LayerAttribute Layer()
    {
        LayerAttribute layer = random.Next(12) switch
        {
            0 or 1 => new DenseAttribute(Size()) { Activation = Function(), ActivationAlpha = Number(), SharedSlope = Flag() },
            2 => new MaxoutAttribute(Size(), Size()),
            3 => new ActivationAttribute(Function()) { Alpha = Number(), SharedSlope = Flag(), Trainable = Flag() },
            4 => new DropoutAttribute(OneOf(Numbers)),
            11 => new GaussianNoiseAttribute(Number()),
            5 => new FlattenAttribute(),
            6 => new ReshapeAttribute(Shape()),
            7 => new AddAttribute(Inputs()),
            8 => new MultiplyAttribute(Inputs()),
            9 => new ConcatAttribute(Inputs()) { Axis = random.Next(2) == 0 ? random.Next(-3, 3) : OneOf(Sizes) },
            _ => new BlockAttribute(OneOf(Types)) { Trainable = Flag() },
        };
        if (layer is ParametricLayerAttribute parametric && random.Next(2) == 0)
        {
            parametric.Bias = Flag();
            parametric.BiasValue = Number();
            parametric.Trainable = Flag();
            parametric.Initializer = (Initializer)random.Next(-1, 16);
            parametric.InitializerValue = Number();
            parametric.Unrolling = (Unrolling)random.Next(-1, 4);
        }

        if (random.Next(3) == 0)
            layer.Name = OneOf(Names);
        if (random.Next(4) == 0)
            layer.From = OneOf(Names);
        return layer;
    }

    private LossAttribute Loss()
    {
        LossAttribute loss = random.Next(11) switch
        {
            0 => new MeanSquaredErrorLossAttribute(),
            1 => new HalfSquaredErrorLossAttribute(),
            2 => new MeanAbsoluteErrorLossAttribute(),
            3 => new HuberLossAttribute { Delta = Number() },
            4 => new BinaryCrossEntropyLossAttribute(),
            5 => new BinaryCrossEntropyWithLogitsLossAttribute(),
            6 => new SoftmaxCrossEntropyLossAttribute { SoftTargets = Flag(), LabelSmoothing = Number() },
            7 => new HingeLossAttribute(),
            8 => new MultiClassHingeLossAttribute { Margin = Number() },
            10 => new CenterLossAttribute { Rate = Number() },
            _ => new SquaredHingeLossAttribute(),
        };
        if (random.Next(3) == 0)
            loss.From = OneOf(Names);
        if (random.Next(3) == 0)
            loss.Weight = Number();
        loss.Reduction = (Reduction)random.Next(-1, 3);
        return loss;
    }

    private int[] Shape()
    {
        var shape = new int[random.Next(8) == 0 ? OneOf(0, 4, 9) : random.Next(1, 4)];
        for (var axis = 0; axis < shape.Length; axis++)
            shape[axis] = Size();
        return shape;
    }

    // Never a single null: that is written as no array at all.
    private string[] Inputs()
    {
        var names = new string[random.Next(4)];
        for (var index = 0; index < names.Length; index++)
            names[index] = OneOf(Names) ?? "a";
        return names;
    }

    private int Size() => random.Next(2) == 0 ? random.Next(1, 20) : OneOf(Sizes);

    private float Number() => (float)(random.Next(2) == 0 ? double.NaN : OneOf(Numbers));

    private bool Flag() => random.Next(2) == 0;

    private Activation Function() => (Activation)random.Next(-1, 34);

    private T OneOf<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
