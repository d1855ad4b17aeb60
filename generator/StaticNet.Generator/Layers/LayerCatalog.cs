using StaticNet.Generator.Operations;
using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The layers: one line each, from the name of the attribute's class to the record.</summary>
/// <remarks><c>BlockAttribute</c> is not among them: its layers are those of another class, which the parser reads.</remarks>
internal static class LayerCatalog
{
    public static readonly IReadOnlyDictionary<string, Func<AttributeArguments, Layer>> Layers = new Dictionary<string, Func<AttributeArguments, Layer>>(StringComparer.Ordinal)
    {
        ["ActivationAttribute"] = a => a.Has("expression")
            ? new ExpressionLayer(a.Text("expression") ?? "", a.Single("Alpha", Defaults.Own))
            : new ActivationLayer(new(a.Choice<Vocabulary.Activation>("function"), a.Single("Alpha", Defaults.Own), a.Boolean("SharedSlope"), Trainable(a))),
        ["AddAttribute"] = a => Join(a, JoinKind.Add),
        ["AveragePool1DAttribute"] = a => new PoolingLayer(PoolingKind.Average, WindowReader.Pooling1D(a), CountsPadding(a)),
        ["AveragePool2DAttribute"] = a => new PoolingLayer(PoolingKind.Average, WindowReader.Pooling2D(a), CountsPadding(a)),
        ["BatchNormAttribute"] = a => new BatchNorm(a.Single("Epsilon", Defaults.Epsilon), a.Single("Momentum", Defaults.Momentum), a.Boolean("Affine", Defaults.Affine), Activation(a), Trainable(a)),
        ["CausalAveragePool1DAttribute"] = a => CausalPooling(a, PoolingKind.Average),
        ["CausalConv1DAttribute"] = a => new CausalConvolutionLayer(
            a.Int32("filters"), CausalWindow(a), a.Int32("Groups", Defaults.Groups),
            Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a)),
        ["CausalConvTranspose1DAttribute"] = a => new CausalTransposedConvolutionLayer(
            a.Int32("filters"), CausalWindow(a), a.Int32("Groups", Defaults.Groups), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a)),
        ["CausalMaxPool1DAttribute"] = a => CausalPooling(a, PoolingKind.Maximum),
        ["ClipAttribute"] = a => new ClipLayer(a.Single("Min", Defaults.NoMinimum), a.Single("Max", Defaults.NoMaximum)),
        ["ConcatAttribute"] = a => new Concat(a.Names("inputs"), a.Int32("Axis")),
        ["ConstantAttribute"] = a => new ConstantLayer(a.Sizes("shape"), a.Single("Value"), a.Numbers("Values")),
        ["Conv1DAttribute"] = a => Convolution(a, WindowReader.Convolution1D(a)),
        ["Conv2DAttribute"] = a => Convolution(a, WindowReader.Convolution2D(a)),
        ["ConvTranspose1DAttribute"] = a => TransposedConvolution(a, WindowReader.Convolution1D(a), [a.Int32("OutputPadding")]),
        ["ConvTranspose2DAttribute"] = a => TransposedConvolution(a, WindowReader.Convolution2D(a), [OutputPadding(a, "Height"), OutputPadding(a, "Width")]),
        ["Cropping1DAttribute"] = a => new FramingLayer(Crops: true, WindowReader.Sides(a, "Cropping", "cropping", 1)),
        ["Cropping2DAttribute"] = a => new FramingLayer(Crops: true, WindowReader.Sides(a, "Cropping", "cropping", 2)),
        ["DelayAttribute"] = a => new DelayLayer(a.Int32("steps"), a.Single("InitialValue")),
        ["DenseAttribute"] = a => new Dense(a.Int32("units"), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a), WeightNorm(a)),
        ["DepthwiseConv2DAttribute"] = a => new DepthwiseLayer(
            WindowReader.Convolution2D(a), a.Int32("DepthMultiplier", Defaults.DepthMultiplier), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a)),
        ["DivideAttribute"] = a => Join(a, JoinKind.Divide),
        ["DropoutAttribute"] = a => new Dropout(a.Double("rate")),
        ["FlattenAttribute"] = _ => new Flatten(),
        ["GaussianNoiseAttribute"] = a => new GaussianNoise(a.Single("deviation")),
        ["GlobalAveragePoolAttribute"] = a => new GlobalPoolingLayer(PoolingKind.Average, a.Boolean("KeepAxes")),
        ["GlobalMaxPoolAttribute"] = a => new GlobalPoolingLayer(PoolingKind.Maximum, a.Boolean("KeepAxes")),
        ["GroupNormAttribute"] = a => new GroupNorm(a.Int32("groups"), a.Single("Epsilon", Defaults.Epsilon), a.Boolean("Affine", Defaults.Affine), Trainable(a)),
        ["GRUAttribute"] = a => Recurrent(a, CellKind.Gru),
        ["InstanceNormAttribute"] = a => new InstanceNorm(a.Single("Epsilon", Defaults.Epsilon), a.Boolean("Affine"), Trainable(a)),
        ["LastStepAttribute"] = _ => new LastStepLayer(),
        ["LayerNormAttribute"] = a => new LayerNorm(a.Int32("FirstAxis"), IsCentred: true, a.Single("Epsilon", Defaults.Epsilon), a.Boolean("Affine", Defaults.Affine), Trainable(a)),
        ["LocalResponseNormAttribute"] = a => new LocalResponseNorm(a.Int32("Size", Defaults.ResponseSize), a.Single("Alpha", Defaults.ResponseAlpha), a.Single("Beta", Defaults.ResponseBeta), a.Single("K", Defaults.ResponseK)),
        ["LSTMAttribute"] = a => Recurrent(a, CellKind.Lstm),
        ["MatMulAttribute"] = a => new MatMulLayer(a.Names("inputs"), a.Boolean("TransposeSecond")),
        ["MaxPool1DAttribute"] = a => new PoolingLayer(PoolingKind.Maximum, WindowReader.Pooling1D(a), CountsPadding: true),
        ["MaxPool2DAttribute"] = a => new PoolingLayer(PoolingKind.Maximum, WindowReader.Pooling2D(a), CountsPadding: true),
        ["MaxoutAttribute"] = a => new Maxout(a.Int32("units"), a.Int32("pieces", Defaults.Pieces), Bias(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a)),
        ["MeanAttribute"] = a => new MeanLayer(a.Sizes("axes")),
        ["MaximumAttribute"] = a => Join(a, JoinKind.Maximum),
        ["MinimumAttribute"] = a => Join(a, JoinKind.Minimum),
        ["MultiplyAttribute"] = a => Join(a, JoinKind.Multiply),
        ["PadAttribute"] = a => new PadLayer(a.Int32("axis"), a.Int32("before"), a.Int32("after")),
        ["PermuteAttribute"] = a => new Permute(a.Sizes("axes")),
        ["PowerAttribute"] = a => new PowerLayer(a.Single("exponent")),
        ["RMSNormAttribute"] = a => new LayerNorm(a.Int32("FirstAxis"), IsCentred: false, a.Single("Epsilon", Defaults.RootMeanSquareEpsilon), a.Boolean("Affine", Defaults.Affine), Trainable(a)),
        ["RescalingAttribute"] = a => new RescalingLayer(a.Single("scale"), a.Single("Offset")),
        ["ReshapeAttribute"] = a => new Reshape(a.Sizes("shape")),
        ["SeparableConv2DAttribute"] = a => new SeparableLayer(
            a.Int32("filters"), WindowReader.Convolution2D(a), a.Int32("DepthMultiplier", Defaults.DepthMultiplier), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a)),
        ["SimpleRNNAttribute"] = a => Recurrent(a, CellKind.Simple),
        ["SliceAttribute"] = a => new SliceLayer(a.Int32("axis"), a.Int32("start"), a.Int32("length")),
        ["SpatialDropoutAttribute"] = a => new Dropout(a.Double("rate"), IsSpatial: true),
        ["Subsampling2DAttribute"] = a => new Subsampling(WindowReader.Pooling2D(a), Activation(a), Trainable(a)),
        ["SubtractAttribute"] = a => Join(a, JoinKind.Subtract),
        ["Upsampling1DAttribute"] = a => Upsampling(a, [a.Int32("scale")]),
        ["Upsampling2DAttribute"] = a => Upsampling(a, [Scale(a, "ScaleHeight"), Scale(a, "ScaleWidth")]),
        ["ZeroPadding1DAttribute"] = a => new FramingLayer(Crops: false, WindowReader.Sides(a, "Padding", "padding", 1)),
        ["ZeroPadding2DAttribute"] = a => new FramingLayer(Crops: false, WindowReader.Sides(a, "Padding", "padding", 2)),
    };

    /// <summary>A layer with its name and its input.</summary>
    public static LayerSpec Place(Layer layer, AttributeArguments a) => new(layer, a.Text("Name"), a.Text("From"));

    /// <summary>Whether a layer, or a block, trains.</summary>
    public static bool Trainable(AttributeArguments a) => a.Boolean("Trainable", Defaults.Trainable);

    private static ElementwiseJoin Join(AttributeArguments a, JoinKind function) => new(function, a.Names("inputs"));

    private static RecurrentLayer Recurrent(AttributeArguments a, CellKind kind) => new(
        kind, a.Int32("units"), a.Choice<SequenceDirection>("Direction"), a.Boolean("ReturnSequences", Defaults.ReturnSequences),
        a.Has("Activation") ? a.Choice<Vocabulary.Activation>("Activation") : Defaults.RecurrentActivation,
        a.Has("RecurrentActivation") ? a.Choice<Vocabulary.Activation>("RecurrentActivation") : Defaults.GateActivation,
        Bias(a), kind == CellKind.Gru ? a.Boolean("RecurrentBias", Defaults.GruRecurrentBias) : a.Boolean("RecurrentBias"), Kernel(a),
        a.Has("RecurrentInitializer") ? new Initialization(a.Choice<Initializer>("RecurrentInitializer")) : new Initialization(Defaults.RecurrentInitializer),
        BiasValue(a), kind == CellKind.Lstm ? a.Single("ForgetBias", Defaults.ForgetBias) : 0, Trainable(a), Unrolling(a),
        kind != CellKind.Gru || a.Boolean("ResetAfter", Defaults.ResetAfter), kind == CellKind.Lstm && a.Boolean("Peepholes"), a.Boolean("LearnedState"), a.Double("RecurrentDropout"), WeightNorm(a), kind == CellKind.Lstm ? a.Int32("Projection") : 0);

    private static ConvolutionLayer Convolution(AttributeArguments a, EquatableArray<AxisWindow> windows) => new(
        a.Int32("filters"), windows, a.Int32("Groups", Defaults.Groups), a.Names("Connections"), a.Choice<ConvolutionAlgorithm>("Algorithm"),
        Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a), WeightNorm(a));

    private static AxisWindow CausalWindow(AttributeArguments a) =>
        new(a.Int32("Kernel", Defaults.Kernel), a.Int32("Stride", Defaults.Stride), a.Int32("Dilation", Defaults.Dilation), 0, 0);

    private static CausalPoolingLayer CausalPooling(AttributeArguments a, PoolingKind function) =>
        new(function, new AxisWindow(a.Int32("kernel"), a.Int32("Stride") is var stride && stride != 0 ? stride : a.Int32("kernel"), 1, 0, 0));

    private static TransposedConvolutionLayer TransposedConvolution(AttributeArguments a, EquatableArray<AxisWindow> windows, int[] outputPadding) => new(
        a.Int32("filters"), windows, outputPadding.ToEquatableArray(), a.Int32("Groups", Defaults.Groups),
        Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a));

    private static int OutputPadding(AttributeArguments a, string axis) => a.Int32("OutputPadding" + axis, Defaults.AsAll) is var own && own != Defaults.AsAll ? own : a.Int32("OutputPadding");

    private static UpsamplingLayer Upsampling(AttributeArguments a, int[] scales) =>
        new(scales.ToEquatableArray(), a.Choice<Interpolation>("Mode"), a.Boolean("AlignCorners"));

    private static int Scale(AttributeArguments a, string axis) => a.Int32(axis) is var own && own != 0 ? own : a.Int32("scale");

    private static bool WeightNorm(AttributeArguments a) => a.Boolean("WeightNorm");

    private static bool CountsPadding(AttributeArguments a) => a.Boolean("CountIncludesPadding", Defaults.CountIncludesPadding);

    private static ActivationFunction Activation(AttributeArguments a) =>
        new(a.Choice<Vocabulary.Activation>("Activation"), a.Single("ActivationAlpha", Defaults.Own), a.Boolean("SharedSlope"));

    private static Initialization Kernel(AttributeArguments a) => new(a.Choice<Initializer>("Initializer"), a.Single("InitializerValue", Defaults.Own));

    private static bool Bias(AttributeArguments a) => a.Boolean("Bias", Defaults.Bias);

    private static float BiasValue(AttributeArguments a) => a.Single("BiasValue");

    private static Unrolling Unrolling(AttributeArguments a) => a.Choice<Unrolling>("Unrolling");
}
