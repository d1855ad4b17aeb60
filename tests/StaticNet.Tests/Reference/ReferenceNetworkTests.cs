using StaticNet.Networks.Golden;
using StaticNet.Networks.KnownAnswers;
using StaticNet.Reference;

namespace StaticNet.Tests.Reference;

public class ReferenceNetworkTests
{
    private static readonly Dictionary<string, double[]> None = [];

    [InferenceOf(typeof(WorkedExample))]
    private sealed class Twin;

    [Fact]
    public void Attributes_come_in_the_order_of_the_source()
    {
        var kinds = ReferenceNetwork.AttributesOf(typeof(SmoothActivationLayers)).Select(attribute => attribute switch
        {
            DenseAttribute => "Dense",
            ActivationAttribute activation => activation.Function.ToString(),
            _ => attribute.GetType().Name[..^nameof(Attribute).Length],
        });

        Assert.Equal(
            [
                "Network", "Training", "Input", "Identity", "Dense", "Tanh", "Dense", "Softplus", "Sigmoid", "Dense", "GELU",
                "GELUTanh", "Dense", "SiLU", "Softmax", "Dense", "LogSoftmax", "MeanSquaredErrorLoss",
            ],
            kinds);
    }

    [Fact]
    public void A_twin_has_the_layers_of_its_network()
    {
        Assert.Equal(
            ["hidden.weight", "hidden.bias", "output.weight", "output.bias"],
            ReferenceNetwork.Of(typeof(Twin)).Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Parameters_are_counted_per_kind_and_named_layers_count_too()
    {
        var network = new ReferenceNetwork(
        [
            new InputAttribute(4),
            new DenseAttribute(3),
            new DenseAttribute(5) { Name = "named", Activation = Activation.PReLU },
            new ActivationAttribute(Activation.Tanh),
            new ActivationAttribute(Activation.PReLU) { SharedSlope = true, Alpha = 0.1f },
            new DenseAttribute(2) { Bias = false, Trainable = false },
            new MaxoutAttribute(3, 4) { BiasValue = 0.5f },
        ]);

        Assert.Equal(
            [
                "dense1.weight 3×4 learned", "dense1.bias 3 learned 0", "named.weight 5×3 learned", "named.bias 5 learned 0",
                "named.slope 5 learned 0.25", "activation2.slope 1 learned 0.1", "dense3.weight 2×5 frozen",
                "maxout1.weight 12×2 learned", "maxout1.bias 12 learned 0.5",
            ],
            network.Parameters.Select(Describe));
    }

    [Fact]
    public void Blocks_are_prefixes_and_freeze_their_layers()
    {
        var network = new ReferenceNetwork(
        [
            new InputAttribute(2, 8),
            new BlockAttribute(typeof(NestedBlock)) { Trainable = false },
            new BlockAttribute(typeof(ResidualBlock)) { Name = "b" },
        ]);

        Assert.Equal(
            [
                "block1.block1.dense1.weight 8×8 frozen", "block1.block1.dense1.bias 8 frozen 0",
                "block1.block1.inner.weight 8×8 frozen", "block1.block1.inner.bias 8 frozen 0", "block1.activation1.slope 2 frozen 0.25",
                "b.dense1.weight 8×8 learned", "b.dense1.bias 8 learned 0", "b.inner.weight 8×8 learned", "b.inner.bias 8 learned 0",
            ],
            network.Parameters.Select(Describe));
    }

    [Fact]
    public void Targets_of_several_losses_stand_one_after_the_other()
    {
        var network = ReferenceNetwork.Of(typeof(LargeLogits));

        Assert.Equal([(0, 4), (4, 4), (8, 1), (9, 3)], network.Losses.Select(loss => (loss.TargetOffset, loss.TargetLength)));
        Assert.Equal(12, network.TargetLength);
    }

    [Fact]
    public void A_single_name_joins_the_layer_above_and_more_stand_alone()
    {
        double[] Joined(LayerAttribute join) => new ReferenceNetwork(
        [
            new InputAttribute(2),
            new ActivationAttribute(Activation.ReLU) { Name = "a" },
            new ActivationAttribute(Activation.Step),
            join,
        ]).Forward(None, [-3, 4]);

        Assert.Equal([-3, 5], Joined(new AddAttribute("input")));
        Assert.Equal([-3, 8], Joined(new AddAttribute("input", "a")));
        Assert.Equal([-3, 8], Joined(new AddAttribute("input") { From = "a" }));
        Assert.Equal([0, 16], Joined(new MultiplyAttribute("input", "a")));
        Assert.Equal([0, 1, -3, 4], Joined(new ConcatAttribute("input")));
        Assert.Equal([-3, 4, 0, 4], Joined(new ConcatAttribute("input", "a") { Axis = -1 }));
    }

    [Fact]
    public void Concat_joins_along_any_axis()
    {
        double[] Joined(int axis) => new ReferenceNetwork(
        [
            new InputAttribute(2, 2),
            new ActivationAttribute(Activation.Step) { Name = "s" },
            new ConcatAttribute("input", "s") { Axis = axis },
        ]).Forward(None, [1, -2, -3, 4]);

        Assert.Equal([1, -2, -3, 4, 1, 0, 0, 1], Joined(0));
        Assert.Equal([1, -2, 1, 0, -3, 4, 0, 1], Joined(1));
        Assert.Equal(Joined(1), Joined(-1));
    }

    [Fact]
    public void Maxout_takes_its_weights_piece_by_piece()
    {
        var network = new ReferenceNetwork([new InputAttribute(1), new MaxoutAttribute(2, 2)]);
        var parameters = new Dictionary<string, double[]>
        {
            ["maxout1.weight"] = [1, 2, -1, -3],
            ["maxout1.bias"] = [0, 0, 0.5, 0],
        };

        Assert.Equal([2, 4], network.Forward(parameters, [2]));
        Assert.Equal([2.5, 6], network.Forward(parameters, [-2]));
    }

    [Fact]
    public void Slopes_belong_to_axis_0()
    {
        var network = new ReferenceNetwork([new InputAttribute(2, 2), new ActivationAttribute(Activation.PReLU)]);

        var parameters = new Dictionary<string, double[]> { ["activation1.slope"] = [10, 100] };

        Assert.Equal([-10, 1, 2, -100], network.Forward(parameters, [-1, 1, 2, -1]));
    }

    [Fact]
    public void Dropout_scales_what_its_mask_keeps_and_is_the_identity_without_one()
    {
        var network = new ReferenceNetwork([new InputAttribute(4), new DropoutAttribute(0.75) { Name = "drop" }]);
        var asked = new List<(string, int)>();

        var dropped = network.Forward(None, [1, 2, 3, 4], (layer, sample, length) =>
        {
            asked.Add((layer, sample));
            Assert.Equal(4, length);
            return [true, false, true, false];
        });

        Assert.Equal([4, 0, 12, 0], dropped);
        Assert.Equal([("drop", 0)], asked);
        Assert.Equal([1, 2, 3, 4], network.Forward(None, [1, 2, 3, 4]));
    }

    [Fact]
    public void Activations_at_zero_follow_their_conventions()
    {
        double At(Activation activation) =>
            new ReferenceNetwork([new InputAttribute(1), new ActivationAttribute(activation)]).Forward(None, [0])[0];

        Assert.Equal(0, At(Activation.Step));
        Assert.Equal(0, At(Activation.ReLU));
        Assert.Equal(0.5, At(Activation.Sigmoid));
        Assert.Equal(0.5, At(Activation.HardSigmoid));
        Assert.Equal(Math.Log(2), At(Activation.Softplus), 1e-15);
    }

    [Theory]
    [InlineData(1000, 1, 0)]
    [InlineData(1000, 0, 1000)]
    [InlineData(-1000, 1, 1000)]
    [InlineData(-1000, 0, 0)]
    public void Binary_cross_entropy_behind_a_sigmoid_is_computed_from_the_logit(double logit, double target, double expected)
    {
        var network = new ReferenceNetwork(
            [new InputAttribute(1), new ActivationAttribute(Activation.Sigmoid), new BinaryCrossEntropyLossAttribute()]);

        Assert.Equal(expected, network.Loss(None, new ReferenceBatch([[logit]], [[target]])));
    }

    [Fact]
    public void Binary_cross_entropy_elsewhere_holds_its_logarithms()
    {
        var network = new ReferenceNetwork(
            [new InputAttribute(2), new BinaryCrossEntropyLossAttribute { Reduction = Reduction.Sum }]);

        Assert.Equal(200, network.Loss(None, new ReferenceBatch([[0, 1]], [[1, 0]])));
    }

    public static TheoryData<string, Attribute[]> Wrong => new()
    {
        { "no [Input]", [new DenseAttribute(1)] },
        { "no layer named b", [new InputAttribute(1), new DenseAttribute(1) { From = "b" }] },
        {
            "two layers named a",
            [new InputAttribute(1), new DenseAttribute(1) { Name = "a" }, new FlattenAttribute { Name = "a" }]
        },
        { "different shapes", [new InputAttribute(1), new DenseAttribute(2), new AddAttribute("input")] },
        { "do not fit", [new InputAttribute(4), new ReshapeAttribute(3, -1)] },
        { "one axis", [new InputAttribute(4, 2), new SoftmaxCrossEntropyLossAttribute()] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_network_is_refused(string message, Attribute[] attributes)
    {
        var exception = Assert.Throws<ArgumentException>(() => new ReferenceNetwork(attributes));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_of_another_length_is_refused()
    {
        var network = new ReferenceNetwork([new InputAttribute(3)]);

        Assert.Throws<ArgumentException>(() => network.Forward(None, [1, 2]));
    }

    private static string Describe(ReferenceParameter parameter)
    {
        var learned = parameter.Trainable ? "learned" : "frozen";
        var shape = string.Join("×", parameter.Shape);
        return FormattableString.Invariant($"{parameter.Name} {shape} {learned} {(float?)parameter.Start}").TrimEnd();
    }
}
