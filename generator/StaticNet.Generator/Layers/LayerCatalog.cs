using StaticNet.Generator.Vocabulary;

namespace StaticNet.Generator.Layers;

/// <summary>The layers: one line each, from the name of the attribute's class to the record.</summary>
/// <remarks><c>BlockAttribute</c> is not among them: its layers are those of another class, which the parser reads.</remarks>
internal static class LayerCatalog
{
    public static readonly IReadOnlyDictionary<string, Func<AttributeArguments, Layer>> Layers = new Dictionary<string, Func<AttributeArguments, Layer>>(StringComparer.Ordinal)
    {
        ["ActivationAttribute"] = a => new ActivationLayer(new(a.Choice("function", ActivationKind.Identity), a.Single("Alpha", float.NaN), a.Boolean("SharedSlope", false), Trainable(a))),
        ["AddAttribute"] = a => new Add(a.Names("inputs")),
        ["AveragePool1DAttribute"] = a => new PoolingLayer(PoolingKind.Average, WindowReader.Pooling1D(a), CountsPadding(a)),
        ["AveragePool2DAttribute"] = a => new PoolingLayer(PoolingKind.Average, WindowReader.Pooling2D(a), CountsPadding(a)),
        ["BatchNormAttribute"] = a => new BatchNorm(a.Single("Epsilon", 1e-5f), a.Single("Momentum", 0.1f), a.Boolean("Affine", true), Activation(a), Trainable(a)),
        ["ConcatAttribute"] = a => new Concat(a.Names("inputs"), a.Int32("Axis")),
        ["Conv1DAttribute"] = a => Convolution(a, WindowReader.Convolution1D(a)),
        ["Conv2DAttribute"] = a => Convolution(a, WindowReader.Convolution2D(a)),
        ["ConvTranspose1DAttribute"] = a => TransposedConvolution(a, WindowReader.Convolution1D(a), [a.Int32("OutputPadding")]),
        ["ConvTranspose2DAttribute"] = a => TransposedConvolution(a, WindowReader.Convolution2D(a), [OutputPadding(a, "Height"), OutputPadding(a, "Width")]),
        ["Cropping1DAttribute"] = a => new FramingLayer(Crops: true, WindowReader.Sides(a, "Cropping", "cropping", 1)),
        ["Cropping2DAttribute"] = a => new FramingLayer(Crops: true, WindowReader.Sides(a, "Cropping", "cropping", 2)),
        ["DenseAttribute"] = a => new Dense(a.Int32("units"), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a), WeightNorm(a)),
        ["DepthwiseConv2DAttribute"] = a => new DepthwiseLayer(
            WindowReader.Convolution2D(a), a.Int32("DepthMultiplier", 1), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a)),
        ["DropoutAttribute"] = a => new Dropout(a.Double("rate")),
        ["FlattenAttribute"] = _ => new Flatten(),
        ["GaussianNoiseAttribute"] = a => new GaussianNoise(a.Single("deviation", 0)),
        ["GlobalAveragePoolAttribute"] = a => new GlobalPoolingLayer(PoolingKind.Average, a.Boolean("KeepAxes", false)),
        ["GlobalMaxPoolAttribute"] = a => new GlobalPoolingLayer(PoolingKind.Maximum, a.Boolean("KeepAxes", false)),
        ["GroupNormAttribute"] = a => new GroupNorm(a.Int32("groups"), a.Single("Epsilon", 1e-5f), a.Boolean("Affine", true), Trainable(a)),
        ["InstanceNormAttribute"] = a => new InstanceNorm(a.Single("Epsilon", 1e-5f), a.Boolean("Affine", false), Trainable(a)),
        ["LayerNormAttribute"] = a => new LayerNorm(a.Int32("FirstAxis"), IsCentred: true, a.Single("Epsilon", 1e-5f), a.Boolean("Affine", true), Trainable(a)),
        ["LocalResponseNormAttribute"] = a => new LocalResponseNorm(a.Int32("Size", 5), a.Single("Alpha", 1e-4f), a.Single("Beta", 0.75f), a.Single("K", 2)),
        ["MaxPool1DAttribute"] = a => new PoolingLayer(PoolingKind.Maximum, WindowReader.Pooling1D(a), CountsPadding: true),
        ["MaxPool2DAttribute"] = a => new PoolingLayer(PoolingKind.Maximum, WindowReader.Pooling2D(a), CountsPadding: true),
        ["MaxoutAttribute"] = a => new Maxout(a.Int32("units"), a.Int32("pieces", 2), Bias(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a)),
        ["MeanAttribute"] = a => new MeanLayer(a.Sizes("axes")),
        ["MultiplyAttribute"] = a => new Multiply(a.Names("inputs")),
        ["PermuteAttribute"] = a => new Permute(a.Sizes("axes")),
        ["RMSNormAttribute"] = a => new LayerNorm(a.Int32("FirstAxis"), IsCentred: false, a.Single("Epsilon", 1e-6f), a.Boolean("Affine", true), Trainable(a)),
        ["ReshapeAttribute"] = a => new Reshape(a.Sizes("shape")),
        ["SeparableConv2DAttribute"] = a => new SeparableLayer(
            a.Int32("filters"), WindowReader.Convolution2D(a), a.Int32("DepthMultiplier", 1), Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a)),
        ["SliceAttribute"] = a => new SliceLayer(a.Int32("axis"), a.Int32("start"), a.Int32("length")),
        ["SpatialDropoutAttribute"] = a => new Dropout(a.Double("rate"), IsSpatial: true),
        ["Subsampling2DAttribute"] = a => new Subsampling(WindowReader.Pooling2D(a), Activation(a), Trainable(a)),
        ["Upsampling1DAttribute"] = a => Upsampling(a, [a.Int32("scale")]),
        ["Upsampling2DAttribute"] = a => Upsampling(a, [Scale(a, "ScaleHeight"), Scale(a, "ScaleWidth")]),
        ["ZeroPadding1DAttribute"] = a => new FramingLayer(Crops: false, WindowReader.Sides(a, "Padding", "padding", 1)),
        ["ZeroPadding2DAttribute"] = a => new FramingLayer(Crops: false, WindowReader.Sides(a, "Padding", "padding", 2)),
    };

    /// <summary>A layer with its name and its input.</summary>
    public static LayerSpec Place(Layer layer, AttributeArguments a) => new(layer, a.Text("Name"), a.Text("From"));

    /// <summary>Whether a layer, or a block, trains.</summary>
    public static bool Trainable(AttributeArguments a) => a.Boolean("Trainable", true);

    private static ConvolutionLayer Convolution(AttributeArguments a, EquatableArray<AxisWindow> windows) => new(
        a.Int32("filters"), windows, a.Int32("Groups", 1), a.Names("Connections"), a.Choice("Algorithm", ConvolutionChoice.Auto),
        Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a), WeightNorm(a));

    private static TransposedConvolutionLayer TransposedConvolution(AttributeArguments a, EquatableArray<AxisWindow> windows, int[] outputPadding) => new(
        a.Int32("filters"), windows, outputPadding.ToEquatableArray(), a.Int32("Groups", 1),
        Bias(a), Activation(a), Kernel(a), BiasValue(a), Trainable(a), Unrolling(a));

    private static int OutputPadding(AttributeArguments a, string axis) => a.Int32("OutputPadding" + axis, -1) is var own && own != -1 ? own : a.Int32("OutputPadding");

    private static UpsamplingLayer Upsampling(AttributeArguments a, int[] scales) =>
        new(scales.ToEquatableArray(), a.Choice("Mode", InterpolationKind.Nearest), a.Boolean("AlignCorners", false));

    private static int Scale(AttributeArguments a, string axis) => a.Int32(axis) is var own && own != 0 ? own : a.Int32("scale");

    private static bool WeightNorm(AttributeArguments a) => a.Boolean("WeightNorm", false);

    private static bool CountsPadding(AttributeArguments a) => a.Boolean("CountIncludesPadding", true);

    private static ActivationFunction Activation(AttributeArguments a) =>
        new(a.Choice("Activation", ActivationKind.Identity), a.Single("ActivationAlpha", float.NaN), a.Boolean("SharedSlope", false));

    private static Initialization Kernel(AttributeArguments a) => new(a.Choice("Initializer", InitializerKind.Default), a.Single("InitializerValue", float.NaN));

    private static bool Bias(AttributeArguments a) => a.Boolean("Bias", true);

    private static float BiasValue(AttributeArguments a) => a.Single("BiasValue", 0);

    private static UnrollingChoice Unrolling(AttributeArguments a) => a.Choice("Unrolling", UnrollingChoice.Auto);
}
