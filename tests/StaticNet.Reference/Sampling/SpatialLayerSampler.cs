namespace StaticNet.Reference.Sampling;

/// <summary>Draws the arguments of layers over [channel, height, width] and [channel, length]; not all of them fit.</summary>
/// <param name="random">The source.</param>
/// <param name="kinds">What may be drawn.</param>
/// <param name="layers">Draws the arguments that other layers have too.</param>
internal sealed class SpatialLayerSampler(Random random, SpatialKinds kinds, LayerSampler layers)
{
    private const SpatialKinds Needed = SpatialKinds.Convolution | SpatialKinds.Depthwise | SpatialKinds.Separable
        | SpatialKinds.ConvTranspose | SpatialKinds.MaxPool | SpatialKinds.AveragePool | SpatialKinds.GlobalPool
        | SpatialKinds.Subsampling | SpatialKinds.BatchNorm | SpatialKinds.LayerNorm | SpatialKinds.RMSNorm
        | SpatialKinds.GroupNorm | SpatialKinds.InstanceNorm | SpatialKinds.LocalResponseNorm | SpatialKinds.SpatialDropout
        | SpatialKinds.ZeroPadding | SpatialKinds.Cropping | SpatialKinds.Upsampling | SpatialKinds.Permute
        | SpatialKinds.Slice | SpatialKinds.Mean;

    private readonly SpatialKinds[] _kinds = [.. Enum.GetValues<SpatialKinds>()
        .Where(kind => int.PopCount((int)kind) == 1 && Needed.HasFlag(kind) && kinds.HasFlag(kind))];

    private static readonly Initializer[] NeverZero =
        [Initializer.Default, Initializer.GlorotUniform, Initializer.HeNormal, Initializer.Orthogonal];

    /// <summary>Draws a layer, or nothing where no kind suits the shape.</summary>
    public LayerAttribute? Layer(int[] shape)
    {
        if (_kinds.Length == 0)
            return null;
        // Convolutions are what the others stand between.
        var kind = Has(SpatialKinds.Convolution) && random.Next(3) == 0 ? SpatialKinds.Convolution : OneOf(_kinds);
        return shape.Length == 3 ? Layer2D(kind, shape) : Layer1D(kind, shape);
    }

    /// <summary>A convolution that keeps positions: for branches.</summary>
    public ConvolutionAttribute SameConvolution(int[] shape, int filters)
    {
        ConvolutionAttribute conv = shape.Length == 3
            ? new Conv2DAttribute(filters) { AutoPadding = AutoPadding.Same, Kernel = OneOf(1, 2, 3) }
            : new Conv1DAttribute(filters) { AutoPadding = AutoPadding.SameLower, Kernel = OneOf(1, 2, 3) };
        Finish(conv, shape, shape[0] * conv.Kernel);
        return conv;
    }

    /// <summary>Batch normalisation.</summary>
    public BatchNormAttribute BatchNorm(int[] shape)
    {
        var activation = Function(shape);
        return new BatchNormAttribute
        {
            Epsilon = OneOf(1e-5f, 1e-3f),
            Momentum = OneOf(0.1f, 0.1f, 0.75f, 1, float.NaN),
            Affine = random.Next(4) > 0,
            Trainable = random.Next(5) > 0,
            Activation = activation,
            ActivationAlpha = layers.Alpha(activation),
            SharedSlope = activation == Activation.PReLU && Coin(),
        };
    }

    /// <summary>An activation that suits the shape.</summary>
    public Activation Function(int[] shape)
    {
        // Every other one is the identity or of the kinds that follow convolutions.
        if (Coin())
            return OneOf(Activation.Identity, Activation.ReLU, Activation.ReLU, Activation.Tanh);
        var function = layers.Function(shape[^1]);
        var rows = function is Activation.Softmax or Activation.LogSoftmax && shape.Length > 1;
        return rows && !Has(SpatialKinds.Softmax) ? Activation.Tanh : function;
    }

    private LayerAttribute Layer2D(SpatialKinds kind, int[] shape) => kind switch
    {
        SpatialKinds.Convolution => Conv2D(shape),
        SpatialKinds.Depthwise => Depthwise(shape),
        SpatialKinds.Separable => Separable(shape),
        SpatialKinds.ConvTranspose => ConvTranspose2D(shape),
        SpatialKinds.MaxPool => MaxPool2D(),
        SpatialKinds.AveragePool => AveragePool2D(),
        SpatialKinds.Subsampling => Subsampling(shape),
        SpatialKinds.ZeroPadding => new ZeroPadding2DAttribute(random.Next(3)) { PaddingTop = Maybe(2), PaddingRight = Maybe(3) },
        SpatialKinds.Cropping => new Cropping2DAttribute(random.Next(2)) { CroppingBottom = Maybe(3), CroppingLeft = Maybe(2) },
        SpatialKinds.Upsampling => new Upsampling2DAttribute(random.Next(1, 4))
        {
            ScaleHeight = random.Next(3),
            Mode = OneOf(Interpolation.Nearest, Interpolation.Bilinear),
            AlignCorners = Coin(),
        },
        _ => AnyRank(kind, shape),
    };

    private LayerAttribute Layer1D(SpatialKinds kind, int[] shape) => kind switch
    {
        SpatialKinds.Convolution or SpatialKinds.Depthwise or SpatialKinds.Separable => Conv1D(shape),
        SpatialKinds.ConvTranspose => ConvTranspose1D(shape),
        SpatialKinds.MaxPool => MaxPool1D(),
        SpatialKinds.AveragePool or SpatialKinds.Subsampling => AveragePool1D(),
        SpatialKinds.ZeroPadding => new ZeroPadding1DAttribute(random.Next(3)) { PaddingLeft = Maybe(4) },
        SpatialKinds.Cropping => new Cropping1DAttribute(random.Next(3)) { CroppingRight = Maybe(3) },
        SpatialKinds.Upsampling => new Upsampling1DAttribute(random.Next(1, 4))
        {
            Mode = OneOf(Interpolation.Nearest, Interpolation.Bilinear),
            AlignCorners = Coin(),
        },
        _ => AnyRank(kind, shape),
    };

    private LayerAttribute AnyRank(SpatialKinds kind, int[] shape)
    {
        switch (kind)
        {
            case SpatialKinds.GlobalPool:
                return Coin()
                    ? new GlobalAveragePoolAttribute { KeepAxes = Coin() }
                    : new GlobalMaxPoolAttribute { KeepAxes = Coin() };
            case SpatialKinds.BatchNorm:
                return BatchNorm(shape);
            case SpatialKinds.LayerNorm:
                return Affine(new LayerNormAttribute { FirstAxis = Axis(shape) });
            case SpatialKinds.RMSNorm:
                return new RMSNormAttribute { FirstAxis = Axis(shape), Affine = random.Next(4) > 0, Epsilon = OneOf(1e-6f, 1e-3f) };
            case SpatialKinds.GroupNorm:
                return Affine(new GroupNormAttribute(Divisor(shape[0])));
            case SpatialKinds.InstanceNorm:
                return Affine(new InstanceNormAttribute());
            case SpatialKinds.LocalResponseNorm:
                return new LocalResponseNormAttribute
                {
                    Size = random.Next(1, 8),
                    Alpha = OneOf(1e-4f, 0.1f, 0.5f),
                    Beta = OneOf(0.75f, 0.5f, 1),
                    K = OneOf(2f, 1f),
                };
            case SpatialKinds.SpatialDropout:
                return new SpatialDropoutAttribute(OneOf(0, 0.2, 0.5));
            case SpatialKinds.Permute:
                int[] axes = [.. Enumerable.Range(0, shape.Length)];
                random.Shuffle(axes);
                return new PermuteAttribute(axes);
            case SpatialKinds.Slice:
                var axis = random.Next(shape.Length);
                var start = random.Next(shape[axis]);
                return new SliceAttribute(Coin() ? axis : axis - shape.Length, start, random.Next(1, shape[axis] - start + 1));
            default:
                return new MeanAttribute([.. Enumerable.Range(0, shape.Length).Where(_ => random.Next(3) == 0)]);
        }
    }

    private Conv1DAttribute Conv1D(int[] shape)
    {
        var groups = Groups(shape[0]);
        var conv = new Conv1DAttribute(Filters(groups))
        {
            Kernel = OneOf(1, 2, 3, 3, 5),
            Groups = groups,
            AutoPadding = Auto(),
            PaddingLeft = Maybe(3),
            WeightNorm = WeightNorm(),
        };
        Steps(conv);
        Finish(conv, shape, shape[0] / groups * conv.Kernel);
        return conv;
    }

    private Conv2DAttribute Conv2D(int[] shape)
    {
        var groups = Groups(shape[0]);
        var conv = new Conv2DAttribute(Filters(groups)) { Groups = groups, AutoPadding = Auto(), WeightNorm = WeightNorm() };
        Geometry(conv);
        Finish(conv, shape, shape[0] / groups * conv.Kernel);
        if (groups == 1 && Has(SpatialKinds.Connections) && random.Next(6) == 0)
            conv.Connections = Connections(shape[0], conv.Filters);
        conv.Algorithm = OneOf(Enum.GetValues<ConvolutionAlgorithm>());
        return conv;
    }

    private DepthwiseConv2DAttribute Depthwise(int[] shape)
    {
        var conv = new DepthwiseConv2DAttribute { DepthMultiplier = OneOf(1, 1, 1, 2, 3), AutoPadding = Auto() };
        Geometry(conv);
        Finish(conv, shape, conv.Kernel);
        return conv;
    }

    private SeparableConv2DAttribute Separable(int[] shape)
    {
        var conv = new SeparableConv2DAttribute(Filters(1)) { DepthMultiplier = OneOf(1, 1, 2), AutoPadding = Auto() };
        Geometry(conv);
        Finish(conv, shape, conv.Kernel);
        return conv;
    }

    private ConvTranspose1DAttribute ConvTranspose1D(int[] shape)
    {
        var groups = Groups(shape[0]);
        var conv = new ConvTranspose1DAttribute(Filters(groups)) { Kernel = random.Next(1, 5), Groups = groups };
        Steps(conv);
        conv.OutputPadding = random.Next(Math.Max(conv.Stride, conv.Dilation));
        Finish(conv, shape, conv.Kernel);
        return conv;
    }

    private ConvTranspose2DAttribute ConvTranspose2D(int[] shape)
    {
        var groups = Groups(shape[0]);
        var conv = new ConvTranspose2DAttribute(Filters(groups)) { Groups = groups };
        Geometry(conv);
        conv.OutputPadding = random.Next(Math.Max(conv.Stride, conv.Dilation));
        if (conv.StrideWidth > 0)
            conv.OutputPaddingWidth = random.Next(Math.Max(conv.StrideWidth, conv.Dilation));
        Finish(conv, shape, conv.Kernel);
        return conv;
    }

    private MaxPool1DAttribute MaxPool1D()
    {
        var pool = new MaxPool1DAttribute(random.Next(1, 4)) { Dilation = OneOf(1, 1, 2), PaddingRight = Maybe(2) };
        Pooling(pool);
        return pool;
    }

    private MaxPool2DAttribute MaxPool2D()
    {
        var pool = new MaxPool2DAttribute(random.Next(1, 4))
        {
            Dilation = OneOf(1, 1, 1, 2),
            KernelWidth = random.Next(3),
            StrideHeight = random.Next(3),
            PaddingTop = Maybe(2),
        };
        Pooling(pool);
        return pool;
    }

    private AveragePool1DAttribute AveragePool1D()
    {
        var pool = new AveragePool1DAttribute(random.Next(1, 4)) { CountIncludesPadding = Coin(), PaddingLeft = Maybe(2) };
        Pooling(pool);
        return pool;
    }

    private AveragePool2DAttribute AveragePool2D()
    {
        var pool = new AveragePool2DAttribute(random.Next(1, 4))
        {
            CountIncludesPadding = Coin(),
            KernelHeight = random.Next(3),
            StrideWidth = random.Next(3),
            PaddingBottom = Maybe(2),
        };
        Pooling(pool);
        return pool;
    }

    private Subsampling2DAttribute Subsampling(int[] shape)
    {
        var activation = FunctionOfAnyWidth(shape);
        return new Subsampling2DAttribute(random.Next(1, 4))
        {
            Stride = random.Next(3),
            Activation = activation,
            ActivationAlpha = layers.Alpha(activation),
            SharedSlope = activation == Activation.PReLU && Coin(),
            Trainable = random.Next(5) > 0,
        };
    }

    private void Pooling(PoolingAttribute pool)
    {
        pool.Stride = random.Next(4);
        pool.CeilMode = random.Next(3) == 0;
        pool.AutoPadding = Auto();
        pool.Padding = random.Next(2);
        // Padding is half of a window at most, along each axis.
        var heightAllows = pool is Pooling1DAttribute || Size(((Pooling2DAttribute)pool).KernelHeight, pool.Kernel) > 1;
        var widthAllows = Size(pool is Pooling2DAttribute { KernelWidth: var width } ? width : 0, pool.Kernel) > 1;
        if (heightAllows && widthAllows)
            return;
        pool.Padding = 0;
        switch (pool)
        {
            case Pooling1DAttribute line:
                (line.PaddingLeft, line.PaddingRight) = (-1, -1);
                break;
            case Pooling2DAttribute plane:
                (plane.PaddingTop, plane.PaddingBottom, plane.PaddingLeft, plane.PaddingRight) = (-1, -1, -1, -1);
                break;
        }
    }

    private static int Size(int own, int common) => own == 0 ? common : own;

    // Kernel, stride, dilation and padding, now and then of one axis alone.
    private void Geometry(Convolution2DAttribute conv)
    {
        Steps(conv);
        conv.Kernel = OneOf(1, 2, 3, 3, 3, 5);
        conv.KernelHeight = Rarely(OneOf(1, 3, 4));
        conv.KernelWidth = Rarely(OneOf(1, 2, 5));
        conv.StrideWidth = Rarely(OneOf(1, 2));
        conv.DilationHeight = Rarely(2);
        conv.PaddingTop = Maybe(3);
        conv.PaddingLeft = Maybe(2);
    }

    private void Steps(ConvolutionAttribute conv)
    {
        conv.Stride = OneOf(1, 1, 1, 2, 3);
        conv.Dilation = OneOf(1, 1, 1, 2);
        conv.Padding = random.Next(3);
    }

    private void Finish(ConvolutionAttribute conv, int[] shape, int inputs)
    {
        layers.Arguments(conv, inputs);
        if (conv is Conv1DAttribute { WeightNorm: true } or Conv2DAttribute { WeightNorm: true })
            (conv.Initializer, conv.InitializerValue) = (OneOf(NeverZero), float.NaN);
        conv.Activation = FunctionOfAnyWidth(shape);
        conv.ActivationAlpha = layers.Alpha(conv.Activation);
        conv.SharedSlope = conv.Activation == Activation.PReLU && Coin();
    }

    // Where the width of the output is not known: a softmax of a single element is none.
    private Activation FunctionOfAnyWidth(int[] shape)
    {
        var activation = Function(shape);
        return activation is Activation.Softmax or Activation.LogSoftmax ? Activation.Identity : activation;
    }

    private NormalizationAttribute Affine(NormalizationAttribute norm)
    {
        norm.Affine = random.Next(4) > 0;
        norm.Trainable = random.Next(5) > 0;
        norm.Epsilon = OneOf(1e-5f, 1e-3f);
        return norm;
    }

    // Each filter sees one channel at least.
    private string[] Connections(int channels, int filters)
    {
        var table = new char[channels][];
        for (var channel = 0; channel < channels; channel++)
        {
            table[channel] = new char[filters];
            for (var filter = 0; filter < filters; filter++)
                table[channel][filter] = channel == filter % channels || Coin() ? 'X' : '.';
        }

        return Array.ConvertAll(table, row => new string(row));
    }

    private bool Has(SpatialKinds kind) => kinds.HasFlag(kind);

    private bool WeightNorm() => Has(SpatialKinds.WeightNorm) && random.Next(6) == 0;

    private int Groups(int channels) => Has(SpatialKinds.Groups) && random.Next(4) == 0 ? Divisor(channels) : 1;

    private int Filters(int groups) => groups * random.Next(1, Math.Max(2, (20 / groups) + 1));

    private int Divisor(int number) => OneOf([.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0)]);

    private AutoPadding Auto() => OneOf(AutoPadding.None, AutoPadding.None, AutoPadding.Same, AutoPadding.SameLower);

    private int Axis(int[] shape) => random.Next(-shape.Length, shape.Length);

    private int Maybe(int bound) => random.Next(4) == 0 ? random.Next(bound) : -1;

    private int Rarely(int value) => random.Next(5) == 0 ? value : 0;

    private bool Coin() => random.Next(2) == 0;

    private T OneOf<T>(params T[] choices) => layers.OneOf(choices);
}
