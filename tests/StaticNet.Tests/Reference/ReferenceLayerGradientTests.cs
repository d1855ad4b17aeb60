using StaticNet.Reference;
using StaticNet.Reference.Comparison;
using StaticNet.Reference.Sampling;

namespace StaticNet.Tests.Reference;

/// <summary>
/// The gradients of each spatial layer and option, in reverse and by differences. A dense layer over the width in front of each
/// shows the gradient of its input.
/// </summary>
public class ReferenceLayerGradientTests
{
    private const double Tolerance = 1e-6;

    private static readonly LayerAttribute[] Planes =
    [
        new Conv2DAttribute(3),
        new Conv2DAttribute(3) { Kernel = 2, KernelWidth = 3, Stride = 2, StrideWidth = 1, Dilation = 2, DilationWidth = 1 },
        new Conv2DAttribute(3) { Padding = 1, PaddingTop = 2, PaddingRight = 0, Bias = false },
        new Conv2DAttribute(3) { Stride = 2, AutoPadding = AutoPadding.Same, Activation = Activation.LeCunTanh },
        new Conv2DAttribute(3) { Kernel = 4, AutoPadding = AutoPadding.SameLower, Activation = Activation.PReLU },
        new Conv2DAttribute(6) { Kernel = 2, Groups = 2 },
        new Conv2DAttribute(3) { Kernel = 2, WeightNorm = true },
        new Conv2DAttribute(6) { Kernel = 2, Groups = 2, WeightNorm = true, Activation = Activation.Tanh },
        new Conv2DAttribute(3) { Connections = ["X.X", ".X.", "XX.", "..X"] },
        new Conv2DAttribute(3) { Connections = ["X.X", ".X.", "XX.", "..X"], WeightNorm = true },
        new DepthwiseConv2DAttribute { Kernel = 2, Activation = Activation.Softplus },
        new DepthwiseConv2DAttribute { DepthMultiplier = 2, Stride = 2, Padding = 1, Bias = false },
        new SeparableConv2DAttribute(3) { Kernel = 2 },
        new SeparableConv2DAttribute(3) { DepthMultiplier = 2, AutoPadding = AutoPadding.Same, Activation = Activation.PReLU },
        new ConvTranspose2DAttribute(3) { Kernel = 2 },
        new ConvTranspose2DAttribute(6) { Groups = 2, Stride = 2, Padding = 1, OutputPadding = 1 },
        new ConvTranspose2DAttribute(2)
        {
            KernelHeight = 2, StrideWidth = 3, Dilation = 2, PaddingLeft = 1, OutputPaddingWidth = 2, Bias = false,
        },
        new MaxPool2DAttribute(2),
        new MaxPool2DAttribute(2) { KernelHeight = 3, Stride = 1, DilationWidth = 2, PaddingTop = 1, CeilMode = true },
        new AveragePool2DAttribute(2) { Stride = 1, AutoPadding = AutoPadding.Same },
        new AveragePool2DAttribute(3) { Stride = 2, Padding = 1, CeilMode = true },
        new AveragePool2DAttribute(3) { Stride = 2, Padding = 1, CountIncludesPadding = false },
        new GlobalAveragePoolAttribute { KeepAxes = true },
        new GlobalAveragePoolAttribute(),
        new GlobalMaxPoolAttribute(),
        new Subsampling2DAttribute(2) { Activation = Activation.LeCunTanh },
        new Subsampling2DAttribute(2) { Stride = 1, Activation = Activation.PReLU, SharedSlope = true },
        new BatchNormAttribute(),
        new BatchNormAttribute { Affine = false, Epsilon = 0.1f, Activation = Activation.Sigmoid },
        new BatchNormAttribute { Trainable = false, Activation = Activation.Tanh },
        new LayerNormAttribute(),
        new LayerNormAttribute { FirstAxis = -2 },
        new LayerNormAttribute { FirstAxis = 2, Affine = false, Epsilon = 0.1f },
        new RMSNormAttribute(),
        new RMSNormAttribute { FirstAxis = -1, Epsilon = 0.1f },
        new RMSNormAttribute { FirstAxis = 1, Affine = false },
        new GroupNormAttribute(2),
        new GroupNormAttribute(1) { Affine = false, Epsilon = 0.1f },
        new InstanceNormAttribute(),
        new InstanceNormAttribute { Affine = true },
        new LocalResponseNormAttribute { Alpha = 0.3f },
        new LocalResponseNormAttribute { Size = 2, Alpha = 0.5f, Beta = 0.5f, K = 1 },
        new ZeroPadding2DAttribute(1) { PaddingTop = 0, PaddingRight = 2 },
        new Cropping2DAttribute(1) { CroppingBottom = 0, CroppingLeft = 2 },
        new Upsampling2DAttribute(2) { ScaleWidth = 3 },
        new Upsampling2DAttribute(3) { Mode = Interpolation.Bilinear },
        new Upsampling2DAttribute(2) { ScaleHeight = 1, Mode = Interpolation.Bilinear, AlignCorners = true },
        new PermuteAttribute(2, 0, 1),
        new PermuteAttribute(-1, 1, 0),
        new SliceAttribute(0, 1, 2),
        new PadAttribute(0, 1, 2),
        new SliceAttribute(-1, 2, 3),
        new MeanAttribute(),
        new MeanAttribute(1),
        new MeanAttribute(0, -1),
    ];

    private static readonly LayerAttribute[] Lines =
    [
        new Conv1DAttribute(3),
        new Conv1DAttribute(3) { Kernel = 2, Stride = 2, Dilation = 2, Padding = 1, PaddingRight = 2, Activation = Activation.SiLU },
        new Conv1DAttribute(6) { Groups = 2, AutoPadding = AutoPadding.Same, WeightNorm = true },
        new Conv1DAttribute(4) { Kernel = 4, AutoPadding = AutoPadding.SameLower, Stride = 2, Bias = false },
        new ConvTranspose1DAttribute(3),
        new ConvTranspose1DAttribute(4) { Groups = 2, Stride = 3, PaddingLeft = 1, OutputPadding = 2, Activation = Activation.Tanh },
        new MaxPool1DAttribute(2),
        new MaxPool1DAttribute(3) { Stride = 2, Dilation = 2, Padding = 1, CeilMode = true },
        new AveragePool1DAttribute(2) { AutoPadding = AutoPadding.SameLower },
        new AveragePool1DAttribute(3) { Stride = 2, PaddingLeft = 1, CountIncludesPadding = false },
        new GlobalAveragePoolAttribute(),
        new GlobalMaxPoolAttribute { KeepAxes = true },
        new BatchNormAttribute { Activation = Activation.PReLU },
        new LayerNormAttribute { FirstAxis = 1 },
        new RMSNormAttribute(),
        new GroupNormAttribute(2),
        new InstanceNormAttribute { Affine = true },
        new LocalResponseNormAttribute { Size = 3, Alpha = 0.2f },
        new ZeroPadding1DAttribute(1) { PaddingRight = 3 },
        new Cropping1DAttribute(1) { CroppingLeft = 2 },
        new Upsampling1DAttribute(2),
        new Upsampling1DAttribute(3) { Mode = Interpolation.Bilinear },
        new Upsampling1DAttribute(2) { Mode = Interpolation.Bilinear, AlignCorners = true },
        new PermuteAttribute(1, 0),
        new SliceAttribute(1, 0, 3),
        new MeanAttribute(0),
    ];

    private static readonly LayerAttribute[] Features =
    [
        new DenseAttribute(5) { WeightNorm = true, Activation = Activation.PReLU },
        new BatchNormAttribute { Momentum = float.NaN },
        new LayerNormAttribute(),
        new RMSNormAttribute(),
        new GroupNormAttribute(3),
        new LocalResponseNormAttribute { Alpha = 0.3f },
        new SliceAttribute(0, 2, 3),
        new MeanAttribute(),
    ];

    public static TheoryData<LayerAttribute> OverPlanes => [.. Planes];

    public static TheoryData<LayerAttribute> OverLines => [.. Lines];

    public static TheoryData<LayerAttribute> OverFeatures => [.. Features];

    [Theory]
    [MemberData(nameof(OverPlanes))]
    public void Both_ways_agree_over_planes(LayerAttribute layer) => AssertAgreement(
        new InputAttribute(4, 5, 6), new DenseAttribute(6), layer, new MeanSquaredErrorLossAttribute());

    [Theory]
    [MemberData(nameof(OverLines))]
    public void Both_ways_agree_over_lines(LayerAttribute layer) => AssertAgreement(
        new InputAttribute(4, 7), new DenseAttribute(7), layer, new MeanSquaredErrorLossAttribute());

    [Theory]
    [MemberData(nameof(OverFeatures))]
    public void Both_ways_agree_over_features(LayerAttribute layer) => AssertAgreement(
        new InputAttribute(6), new DenseAttribute(6), layer, new MeanSquaredErrorLossAttribute());

    [Fact]
    public void Both_ways_agree_through_batch_normalisation_with_weights_and_a_scale()
    {
        AssertAgreement(
            [
                new InputAttribute(2, 4, 4), new Conv2DAttribute(3), new BatchNormAttribute(), new Conv2DAttribute(2) { Kernel = 1 },
                new BatchNormAttribute { Activation = Activation.Tanh }, new MeanSquaredErrorLossAttribute(),
            ],
            batch => batch with { SampleWeights = [0.5, 2, 0], Scale = 0.125 });
    }

    [Fact]
    public void Both_ways_agree_under_spatial_dropout()
    {
        AssertAgreement(
            [new InputAttribute(4, 3), new DenseAttribute(3), new SpatialDropoutAttribute(0.4), new MeanSquaredErrorLossAttribute()],
            batch => batch with
            {
                Dropout = (_, sample, length) => [.. Enumerable.Range(0, length).Select(index => (index + sample) % 3 > 0)],
            });
    }

    [Fact]
    public void Both_ways_agree_with_the_channels_at_the_end()
    {
        AssertAgreement(
            new InputAttribute(2, 3, 4) { Layout = Layout.ChannelsLast }, new Conv2DAttribute(3) { Kernel = 2 },
            new MeanSquaredErrorLossAttribute());
    }

    [Fact]
    public void Both_ways_agree_for_random_spatial_networks()
    {
        var checkedElements = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var drawn = RandomNetworks.Spatial(seed);
            if (!drawn.Trains)
                continue;

            var network = new ReferenceNetwork(drawn.Attributes);
            var random = new Random(seed);
            var parameters = ReferenceData.RandomParameters(network, random);
            var batch = ReferenceData.RandomBatch(network, parameters, random, 3, 1e-4);
            if (network.TrainingKinkDistance(parameters, batch) < 1e-4)
                continue;

            var gradients = network.Gradients(parameters, batch);
            var largest = gradients.Values.SelectMany(gradient => gradient).Max(Math.Abs);
            foreach (var (name, gradient) in gradients)
            {
                for (var probe = 0; probe < 3; probe++, checkedElements++)
                {
                    var index = random.Next(gradient.Length);
                    var expected = network.DifferenceQuotient(parameters, batch, name, index);
                    Assert.True(
                        Math.Abs(gradient[index] - expected) <= Tolerance * largest,
                        $"{name}[{index}] is {gradient[index]}, expected {expected}\n{drawn}");
                }
            }
        }

        Assert.True(checkedElements > 500, $"Only {checkedElements} elements could be checked.");
    }

    private static void AssertAgreement(params Attribute[] attributes) => AssertAgreement(attributes, batch => batch);

    private static void AssertAgreement(Attribute[] attributes, Func<ReferenceBatch, ReferenceBatch> change)
    {
        var network = new ReferenceNetwork(attributes);
        var random = new Random(7);
        var parameters = ReferenceData.RandomParameters(network, random);
        var batch = change(ReferenceData.RandomBatch(network, parameters, random, 3, 1e-3));

        var expected = network.DifferenceQuotients(parameters, batch);
        var actual = network.Gradients(parameters, batch);

        Assert.Equal(expected.Keys, actual.Keys);
        var largest = expected.Values.SelectMany(gradient => gradient).Max(Math.Abs);
        Assert.True(largest > 1e-3, $"The largest gradient is {largest}.");
        var report = new ComparisonReport("the reference");
        foreach (var (name, gradient) in expected)
            report.Compare(name, gradient, actual[name], Tolerance, 0.01 * largest);
        Assert.True(report.Passed, report.ToString());
    }
}
