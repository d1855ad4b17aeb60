using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Reference;

/// <summary>Small answers of the spatial layers that can be checked by hand.</summary>
public class ReferenceLayerTests
{
    private static readonly Dictionary<string, double[]> None = [];

    private static double[] OneTo(int count) => [.. Enumerable.Range(1, count).Select(value => (double)value)];

    [Fact]
    public void A_3_by_3_kernel_over_5_by_5_gives_the_known_numbers()
    {
        // The image and the diagonal kernel of many introductions.
        double[] image = [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0];
        var network = new ReferenceNetwork([new InputAttribute(1, 5, 5), new Conv2DAttribute(1) { Bias = false }]);
        var parameters = new Dictionary<string, double[]> { ["conv1.weight"] = [1, 0, 1, 0, 1, 0, 1, 0, 1] };

        Assert.Equal([4, 3, 4, 2, 4, 3, 2, 3, 4], network.Forward(parameters, image));
    }

    [Fact]
    public void Two_3_by_3_by_3_filters_have_56_parameters()
    {
        var network = new ReferenceNetwork([new InputAttribute(3, 7, 7), new Conv2DAttribute(2) { Padding = 1, Stride = 2 }]);

        Assert.Equal(56, network.Parameters.Sum(parameter => parameter.Length));
        Assert.Equal([2, 4, 4], network.OutputShape);
    }

    public static TheoryData<int[], LayerAttribute, int[]> Shapes => new()
    {
        { [3, 224, 224], new Conv2DAttribute(2) { Kernel = 7, Stride = 2, Padding = 3 }, [2, 112, 112] },
        { [1, 7, 8], new Conv2DAttribute(2) { Dilation = 2, PaddingLeft = 1 }, [2, 3, 5] },
        { [1, 7, 8], new Conv2DAttribute(2) { KernelHeight = 1, StrideWidth = 3 }, [2, 7, 2] },
        { [2, 7, 8], new Conv2DAttribute(2) { Stride = 2, AutoPadding = AutoPadding.Same }, [2, 4, 4] },
        { [2, 7, 8], new Conv2DAttribute(2) { Kernel = 1, Stride = 3, AutoPadding = AutoPadding.SameLower }, [2, 3, 3] },
        { [2, 7], new Conv1DAttribute(3) { Kernel = 2, Stride = 2 }, [3, 3] },
        { [4, 7, 8], new DepthwiseConv2DAttribute { DepthMultiplier = 3, Padding = 1 }, [12, 7, 8] },
        { [4, 7, 8], new SeparableConv2DAttribute(5) { DepthMultiplier = 3, Kernel = 1 }, [5, 7, 8] },
        { [4, 7, 8], new ConvTranspose2DAttribute(5) { Stride = 2, Padding = 1, OutputPadding = 1 }, [5, 14, 16] },
        { [4, 7], new ConvTranspose1DAttribute(5) { Stride = 3, Dilation = 2, OutputPadding = 2 }, [5, 25] },
        { [4, 7, 8], new MaxPool2DAttribute(2), [4, 3, 4] },
        { [4, 7, 8], new MaxPool2DAttribute(2) { CeilMode = true }, [4, 4, 4] },
        { [4, 7], new MaxPool1DAttribute(3) { Stride = 2, Dilation = 2, Padding = 1 }, [4, 3] },
        { [4, 7, 8], new AveragePool2DAttribute(3) { StrideHeight = 1, KernelWidth = 2 }, [4, 5, 4] },
        { [4, 7, 8], new GlobalMaxPoolAttribute(), [4] },
        { [4, 7, 8], new GlobalAveragePoolAttribute { KeepAxes = true }, [4, 1, 1] },
        { [6, 28, 28], new Subsampling2DAttribute(2), [6, 14, 14] },
        { [4, 7, 8], new ZeroPadding2DAttribute(1) { PaddingTop = 3, PaddingRight = 0 }, [4, 11, 9] },
        { [4, 7, 8], new Cropping2DAttribute(1) { CroppingTop = 3, CroppingRight = 0 }, [4, 3, 7] },
        { [4, 7, 8], new Upsampling2DAttribute(2) { ScaleWidth = 3 }, [4, 14, 24] },
        { [4, 7, 8], new PermuteAttribute(1, 2, 0), [7, 8, 4] },
        { [4, 7, 8], new SliceAttribute(-2, 1, 3), [4, 3, 8] },
        { [4, 7, 8], new PadAttribute(0, 1, 3), [8, 7, 8] },
        { [4, 7, 8], new MeanAttribute(1, 2), [4] },
        { [4, 7, 8], new MeanAttribute(-3), [7, 8] },
        { [4, 7, 8], new MeanAttribute(), [1] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shapes_follow_their_formulas(int[] input, LayerAttribute layer, int[] output) =>
        Assert.Equal(output, new ReferenceNetwork([new InputAttribute(input), layer]).OutputShape);

    [Theory]
    [InlineData(AutoPadding.Same, new double[] { 6, 12, 11 })]
    [InlineData(AutoPadding.SameLower, new double[] { 3, 9, 15 })]
    public void The_odd_one_of_automatic_padding_stands_where_it_should(AutoPadding padding, double[] expected)
    {
        // Six elements, a kernel of 3, stride 2: three outputs and one element of padding.
        var conv = new Conv1DAttribute(1) { Stride = 2, AutoPadding = padding, Padding = 7, Bias = false };

        Assert.Equal(expected, Output([1, 6], conv, OneTo(6), ("conv1.weight", [1, 1, 1])));
    }

    [Fact]
    public void Automatic_padding_of_even_kernels_puts_the_odd_one_at_the_end()
    {
        // ONNX's and Keras' example: 3 elements, kernel 2, stride 1 need one element of padding.
        double[] Sums(AutoPadding padding) =>
            Output([1, 3], new Conv1DAttribute(1) { Kernel = 2, AutoPadding = padding, Bias = false }, [1, 2, 4], ("conv1.weight", [1, 1]));

        Assert.Equal([3, 6, 4], Sums(AutoPadding.Same));
        Assert.Equal([1, 3, 6], Sums(AutoPadding.SameLower));
    }

    [Fact]
    public void Groups_see_their_own_channels()
    {
        var conv = new Conv1DAttribute(4) { Kernel = 1, Groups = 2, Bias = false };

        Assert.Equal([21, 43, 65, 87], Output([4, 1], conv, [1, 10, 1, 10], ("conv1.weight", [1, 2, 3, 4, 5, 6, 7, 8])));
    }

    [Fact]
    public void A_depthwise_convolution_keeps_the_filters_of_a_channel_together()
    {
        var conv = new DepthwiseConv2DAttribute { Kernel = 1, DepthMultiplier = 2 };

        var output = Output([2, 1, 1], conv, [1, 10], ("depthwise1.weight", [1, 2, 3, 4]), ("depthwise1.bias", [0.5, 0, 0, 0]));

        Assert.Equal([1.5, 2, 30, 40], output);
    }

    [Fact]
    public void A_separable_convolution_has_its_bias_and_activation_at_the_end()
    {
        var conv = new SeparableConv2DAttribute(1) { Kernel = 1, Activation = Activation.ReLU };
        var network = new ReferenceNetwork([new InputAttribute(2, 1, 2), conv]);

        var output = Output(
            [2, 1, 2], conv, [1, 2, 10, 20],
            ("separable1.depthwiseWeight", [-1, 1]), ("separable1.pointwiseWeight", [11, 1]), ("separable1.bias", [1]));

        Assert.Equal([0, 0], output);
        Assert.Equal(
            ["separable1.depthwiseWeight", "separable1.pointwiseWeight", "separable1.bias"],
            network.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void What_the_table_does_not_connect_counts_as_zero()
    {
        var conv = new Conv2DAttribute(2) { Kernel = 1, Connections = ["X.", "XX"], Bias = false };
        var network = new ReferenceNetwork([new InputAttribute(2, 1, 1), conv, new HalfSquaredErrorLossAttribute()]);
        var parameters = new Dictionary<string, double[]> { ["conv1.weight"] = [1, 2, 99, 3] };

        Assert.Equal([21, 30], network.Forward(parameters, [1, 10]));
        var gradient = network.Gradients(parameters, new ReferenceBatch([[1, 10]], [[0, 0]]))["conv1.weight"];
        Assert.Equal(0, gradient[2]);
        Assert.All([gradient[0], gradient[1], gradient[3]], value => Assert.NotEqual(0, value));
        Assert.Equal(0, ReferenceData.RandomParameters(network, new Random(1))["conv1.weight"][2]);
    }

    [Fact]
    public void A_normalised_weight_has_the_length_of_its_magnitude()
    {
        var dense = new DenseAttribute(2) { WeightNorm = true, Bias = false };

        Assert.Equal([5, 14], Output([2], dense, [1, 1], ("dense1.weight_g", [5, 10]), ("dense1.weight_v", [0, 2, 3, 4])));
    }

    [Fact]
    public void A_transposed_convolution_lays_kernels_side_by_side()
    {
        double[] Laid(ConvTranspose1DAttribute conv) =>
            Output([1, 3], conv, [1, 10, 100], ("convTranspose1.weight", [1, 2, 3]), ("convTranspose1.bias", [0.5]));

        Assert.Equal([1.5, 12.5, 123.5, 230.5, 300.5], Laid(new(1)));
        Assert.Equal([1.5, 2.5, 13.5, 20.5, 130.5, 200.5, 300.5], Laid(new(1) { Stride = 2 }));
        Assert.Equal([2.5, 13.5, 20.5, 130.5, 200.5, 300.5, 0.5], Laid(new(1) { Stride = 2, PaddingLeft = 1, OutputPadding = 1 }));
        Assert.Equal([1.5, 10.5, 102.5, 20.5, 203.5, 30.5, 300.5], Laid(new(1) { Dilation = 2 }));
    }

    [Fact]
    public void Padding_never_is_the_largest()
    {
        var pool = new MaxPool1DAttribute(2) { Stride = 1, Padding = 1 };

        Assert.Equal([-3, -1, -1, -2], Output([1, 3], pool, [-3, -1, -2]));
    }

    [Fact]
    public void Averages_count_padding_or_not_but_never_what_lies_behind_it()
    {
        double[] Means(bool counts) => Output(
            [1, 4], new AveragePool1DAttribute(3) { Stride = 2, Padding = 1, CeilMode = true, CountIncludesPadding = counts }, [6, 12, 18, 24]);

        // Windows over [pad 6 12] [12 18 24] [24 pad beyond].
        Assert.Equal([6, 18, 12], Means(true));
        Assert.Equal([9, 18, 24], Means(false));
    }

    [Fact]
    public void A_last_window_behind_the_input_is_left_out_in_ceil_mode()
    {
        var pool = new MaxPool1DAttribute(1) { Stride = 3, PaddingRight = 1, CeilMode = true };

        Assert.Equal([1, 4], Output([1, 5], pool, OneTo(5)));
    }

    [Fact]
    public void The_first_of_several_largest_gets_the_gradient()
    {
        var network = new ReferenceNetwork(
            [new InputAttribute(1, 1, 4), new DenseAttribute(4) { Bias = false }, new MaxPool2DAttribute(2) { KernelHeight = 1 }, new HalfSquaredErrorLossAttribute()]);
        double[] identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

        var gradient = network.Gradients(
            new Dictionary<string, double[]> { ["dense1.weight"] = identity },
            new ReferenceBatch([[3, 3, 5, 5]], [[0, 0]]) { Scale = 2 })["dense1.weight"];

        Assert.Equal([1, 0, 1, 0], gradient.Chunk(4).Select(row => row[0] > 0 ? 1.0 : 0));
    }

    [Fact]
    public void Subsampling_scales_sums()
    {
        var output = Output(
            [2, 2, 2], new Subsampling2DAttribute(2), OneTo(8), ("subsampling1.coefficient", [0.25, 1]), ("subsampling1.bias", [0, 1]));

        Assert.Equal([2.5, 27], output);
    }

    [Fact]
    public void Normalisations_look_at_their_own_sets()
    {
        double[] input = [1, 3, 5, 7, 0, 0, 4, 4];
        double[] Of(LayerAttribute layer, params (string, double[])[] parameters) => Output([2, 2, 2], layer, input, parameters);

        Rounded([-1.34, -0.45, 0.45, 1.34, -1, -1, 1, 1], Of(new InstanceNormAttribute()));
        Rounded(Of(new InstanceNormAttribute()), Of(new GroupNormAttribute(2) { Affine = false }));
        Rounded([-0.85, 0, 0.85, 1.71, -1.28, -1.28, 0.43, 0.43], Of(new GroupNormAttribute(1) { Affine = false }));
        Rounded(Of(new GroupNormAttribute(1) { Affine = false }), Of(new LayerNormAttribute { Affine = false }));
        Rounded([-1, 1, -1, 1, 0, 0, 0, 0], Of(new LayerNormAttribute { FirstAxis = -1, Affine = false }));
        Rounded([0.45, 1.34, 0.82, 1.15, 0, 0, 1, 1], Of(new RMSNormAttribute { FirstAxis = 2, Affine = false }));
        Rounded(
            [-1, 11, -1, 11, 0, 1, 0, 1],
            Of(new LayerNormAttribute { FirstAxis = 2 }, ("layerNorm1.weight", [1, 10]), ("layerNorm1.bias", [0, 1])));

        static void Rounded(double[] expected, double[] actual) =>
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.006));
    }

    [Fact]
    public void Local_response_normalisation_does_not_divide_alpha_by_its_size()
    {
        var norm = new LocalResponseNormAttribute { Size = 4, Alpha = 1, Beta = 1, K = 1 };

        // Two channels before, one behind.
        Assert.Equal([1 / 6.0, 2 / 15.0, 3 / 31.0, 4 / 30.0], Output([4, 1], norm, OneTo(4)));
    }

    [Fact]
    public void Upsampling_copies_or_interpolates()
    {
        double[] Of(Upsampling1DAttribute layer) => Output([1, 3], layer, [1, 3, 7]);

        Assert.Equal([1, 1, 3, 3, 7, 7], Of(new(2)));
        Assert.Equal([1, 1.5, 2.5, 4, 6, 7], Of(new(2) { Mode = Interpolation.Bilinear }));
        Assert.Equal([1, 1.8, 2.6, 3.8, 5.4, 7], Of(new(2) { Mode = Interpolation.Bilinear, AlignCorners = true }), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Shaping_moves_elements()
    {
        Assert.Equal([1, 4, 2, 5, 3, 6], Output([2, 3], new PermuteAttribute(1, 0), OneTo(6)));
        Assert.Equal([2, 3, 5, 6], Output([2, 3], new SliceAttribute(-1, 1, 2), OneTo(6)));
        Assert.Equal([0, 1, 2, 0, 0, 0, 3, 4, 0, 0], Output([2, 2], new PadAttribute(-1, 1, 2), OneTo(4)));
        Assert.Equal([2, 5], Output([2, 3], new MeanAttribute(1), OneTo(6)));
        Assert.Equal([2.5, 3.5, 4.5], Output([2, 3], new MeanAttribute(0), OneTo(6)));
        Assert.Equal([0, 1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0], Output([2, 3], new ZeroPadding1DAttribute(1) { PaddingRight = 2 }, OneTo(6)));
        Assert.Equal([3, 6], Output([2, 3], new Cropping1DAttribute(0) { CroppingLeft = 2 }, OneTo(6)));
    }

    [Fact]
    public void Spatial_dropout_asks_for_channels()
    {
        var network = new ReferenceNetwork([new InputAttribute(2, 3), new SpatialDropoutAttribute(0.5)]);

        var dropped = network.Forward(None, OneTo(6), (layer, _, length) =>
        {
            Assert.Equal(("spatialDropout1", 2), (layer, length));
            return [false, true];
        });

        Assert.Equal([0, 0, 0, 8, 10, 12], dropped);
        Assert.Equal(OneTo(6), network.Forward(None, OneTo(6)));
    }

    [Fact]
    public void Channels_may_stand_at_the_end_outside_alone()
    {
        var network = new ReferenceNetwork(
            [new InputAttribute(2, 1, 3) { Layout = Layout.ChannelsLast }, new SliceAttribute(2, 0, 2), new HalfSquaredErrorLossAttribute()]);
        double[] output = [1, 10, 2, 20];

        Assert.Equal([2, 1, 2], network.OutputShape);
        Assert.Equal(output, network.Forward(None, [1, 10, 2, 20, 3, 30]));
        Assert.Equal(0, network.Loss(None, new ReferenceBatch([[1, 10, 2, 20, 3, 30]], [output])));
    }

    [Fact]
    public void LeCuns_tanh_takes_1_to_1()
    {
        double At(double x) => Output([1], new ActivationAttribute(Activation.LeCunTanh), [x])[0];

        Assert.Equal(1, At(1), 1e-4);
        Assert.Equal(-1, At(-1), 1e-4);
        Assert.Equal(1.7159, At(50), 1e-12);
    }

    public static TheoryData<LayerAttribute> Wrong =>
    [
        new Conv2DAttribute(2) { Kernel = 6 },
        new Conv2DAttribute(3) { Groups = 2 },
        new Conv2DAttribute(2) { Groups = 3 },
        new Conv2DAttribute(2) { Connections = ["XX"] },
        new Conv2DAttribute(2) { Connections = ["XX", "X"] },
        new Conv1DAttribute(2),
        new MaxPool2DAttribute(2) { PaddingTop = 2 },
        new Cropping2DAttribute(2) { CroppingLeft = 3 },
        new GroupNormAttribute(3),
        new LayerNormAttribute { FirstAxis = 3 },
        new PermuteAttribute(0, 1, 1),
        new SliceAttribute(1, 3, 3),
        new MeanAttribute(-4),
        new ConvTranspose2DAttribute(2) { Kernel = 1, Padding = 3 },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_does_not_fit_its_input_is_refused(LayerAttribute layer) =>
        Assert.Throws<ArgumentException>(() => new ReferenceNetwork([new InputAttribute(2, 5, 5), layer]));

    private static double[] Output(int[] shape, LayerAttribute layer, double[] input, params (string Name, double[] Values)[] parameters) =>
        new ReferenceNetwork([new InputAttribute(shape), layer])
            .Forward(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Values), input);
}
