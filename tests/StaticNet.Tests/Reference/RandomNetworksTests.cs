using StaticNet.Reference;
using StaticNet.Reference.Sampling;

namespace StaticNet.Tests.Reference;

public class RandomNetworksTests
{
    private const int Count = 400;

    private static readonly RandomNetwork[] Valid = [.. Enumerable.Range(0, Count).Select(RandomNetworks.Valid)];

    private static readonly RandomNetwork[] Spatial = [.. Enumerable.Range(0, Count).Select(seed => RandomNetworks.Spatial(seed))];

    /// <summary>The layers that valid networks draw from; the spatial ones draw from all others.</summary>
    private static readonly Type[] LayersOfValid =
    [
        typeof(DenseAttribute), typeof(MaxoutAttribute), typeof(ActivationAttribute), typeof(DropoutAttribute),
        typeof(FlattenAttribute), typeof(ReshapeAttribute), typeof(AddAttribute), typeof(MultiplyAttribute),
        typeof(ConcatAttribute), typeof(BlockAttribute), typeof(GaussianNoiseAttribute),
        typeof(SubtractAttribute), typeof(MinimumAttribute), typeof(MaximumAttribute),
    ];

    // What needs a sequence, an operand of its own or numbers of one sign is tested apart.
    private static readonly Type[] LayersOfTheirOwnTests =
    [
        typeof(CausalAveragePool1DAttribute), typeof(CausalConv1DAttribute), typeof(CausalConvTranspose1DAttribute), typeof(CausalMaxPool1DAttribute), typeof(ClipAttribute), typeof(ConstantAttribute), typeof(DelayAttribute), typeof(DivideAttribute), typeof(GRUAttribute),
        typeof(LastStepAttribute), typeof(LSTMAttribute), typeof(MatMulAttribute), typeof(PadAttribute), typeof(PowerAttribute), typeof(RescalingAttribute),
        typeof(SimpleRNNAttribute),
    ];

    private static readonly Activation[] FunctionsOfTheirOwnTests =
        [Activation.Exp, Activation.Log, Activation.Sqrt, Activation.Square, Activation.Reciprocal, Activation.Sign];

    private static readonly Type[] Concrete = [.. typeof(LayerAttribute).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(LayerAttribute)) || type.IsAssignableTo(typeof(LossAttribute)))
        .Where(type => !type.IsAbstract)];

    [Fact]
    public void Valid_ones_are_networks_whose_figures_are_numbers()
    {
        foreach (var drawn in Valid)
        {
            var network = new ReferenceNetwork(drawn.Attributes);
            var random = new Random(3);
            var parameters = ReferenceData.RandomParameters(network, random);
            var batch = ReferenceData.RandomBatch(network, parameters, random, 1, 1e-5);

            Assert.All(network.Forward(parameters, batch.Inputs[0]), value => Assert.InRange(value, -200, 200));
            if (!drawn.Trains)
                continue;
            Assert.True(double.IsFinite(network.Loss(parameters, batch)), drawn.Source);
            Assert.Contains(network.Parameters, parameter => parameter.Trainable);
            Assert.True(network.KinkDistance(parameters, batch.Inputs[0], batch.Targets[0]) > 1e-5, drawn.Source);
        }
    }

    [Fact]
    public void Valid_ones_show_every_layer_activation_and_loss()
    {
        var attributes = Valid.SelectMany(drawn => drawn.Attributes).ToArray();
        var wanted = Concrete.Where(type => (type.IsAssignableTo(typeof(LossAttribute)) && type != typeof(CustomLossAttribute)) || LayersOfValid.Contains(type));

        Assert.Empty(wanted.Except(attributes.Select(attribute => attribute.GetType())));
        var functions = Enum.GetValues<Activation>().Where(function => function < Activation.LeCunTanh).ToArray();
        Assert.Empty(functions.Except(attributes.OfType<DenseAttribute>().Select(dense => dense.Activation)));
        Assert.Empty(functions.Except(attributes.OfType<ActivationAttribute>().Select(activation => activation.Function)));
        Assert.Empty(new[] { 1, 2, 3 }.Except(attributes.OfType<InputAttribute>().Select(input => input.Shape.Length)));
        Assert.Contains(attributes.OfType<DenseAttribute>(), dense => !dense.Trainable);
        Assert.Contains(Valid, drawn => drawn.Attributes.OfType<LossAttribute>().Count() > 1);
    }

    [Fact]
    public void Spatial_ones_are_networks_whose_figures_are_numbers()
    {
        foreach (var drawn in Spatial)
        {
            var network = new ReferenceNetwork(drawn.Attributes);
            var random = new Random(3);
            var parameters = ReferenceData.RandomParameters(network, random);
            var batch = ReferenceData.RandomBatch(network, parameters, random, 2, 1e-5);

            Assert.All(network.Forward(parameters, batch.Inputs[0]), value => Assert.InRange(value, -2000, 2000));
            Assert.Equal(network.InputShape, drawn.Attributes.OfType<InputAttribute>().Single().Shape);
            if (!drawn.Trains)
                continue;
            Assert.True(double.IsFinite(network.TrainingLoss(parameters, batch)), drawn.Source);
            Assert.Contains(network.Parameters, parameter => parameter.Trainable);
            Assert.True(network.KinkDistance(parameters, batch.Inputs[0], batch.Targets[0]) > 1e-5, drawn.Source);
        }
    }

    [Fact]
    public void Spatial_ones_show_every_layer_activation_and_option()
    {
        var attributes = Spatial.SelectMany(drawn => drawn.Attributes).ToArray();
        var wanted = Concrete.Where(type => type.IsAssignableTo(typeof(LayerAttribute)) && !LayersOfValid.Contains(type) && !LayersOfTheirOwnTests.Contains(type));

        Assert.Empty(wanted.Except(attributes.Select(attribute => attribute.GetType())));
        var functions = attributes.OfType<ConvolutionAttribute>().Select(conv => conv.Activation);
        Assert.Empty(Enum.GetValues<Activation>().Except(functions).Except([Activation.Softmax, Activation.LogSoftmax, .. FunctionsOfTheirOwnTests]));
        Assert.Contains(attributes.OfType<InputAttribute>(), input => input.Layout == Layout.ChannelsLast);
        Assert.Contains(attributes.OfType<InputAttribute>(), input => input.Shape.Length == 2);
        Assert.Contains(attributes.OfType<Conv2DAttribute>(), conv => conv.WeightNorm);
        Assert.Contains(attributes.OfType<Conv2DAttribute>(), conv => conv.Connections is not null);
        Assert.Contains(attributes.OfType<Conv2DAttribute>(), conv => conv.Groups > 1);
        Assert.Contains(attributes.OfType<MaxPool2DAttribute>(), pool => pool.CeilMode);
        Assert.Contains(attributes.OfType<BatchNormAttribute>(), norm => float.IsNaN(norm.Momentum));
        Assert.Contains(attributes, attribute => attribute is AddAttribute);
        Assert.Contains(attributes, attribute => attribute is ConcatAttribute);
    }

    [Fact]
    public void Spatial_ones_keep_to_the_kinds_that_are_asked_for()
    {
        var kinds = SpatialKinds.Convolution | SpatialKinds.MaxPool;

        var layers = Enumerable.Range(0, 100).SelectMany(seed => RandomNetworks.Spatial(seed, kinds).Attributes)
            .OfType<LayerAttribute>().ToArray();

        Assert.Empty(layers.Select(layer => layer.GetType()).Except(
            [typeof(Conv2DAttribute), typeof(MaxPool2DAttribute), .. LayersOfValid]));
        Assert.Contains(layers, layer => layer is MaxPool2DAttribute);
        Assert.Contains(layers, layer => layer is Conv2DAttribute);
        Assert.All(layers.OfType<Conv2DAttribute>(), conv => Assert.Equal(1, conv.Groups));
    }

    [Fact]
    public void The_same_seed_gives_the_same_network()
    {
        Assert.Equal(RandomNetworks.Spatial(5).Source, RandomNetworks.Spatial(5).Source);
        Assert.Equal(RandomNetworks.Valid(5).Source, RandomNetworks.Valid(5).Source);
        Assert.Equal(RandomNetworks.Arbitrary(5).Source, RandomNetworks.Arbitrary(5).Source);
        Assert.Equal(Count, Valid.Select(drawn => drawn.Source).Distinct().Count());
    }

    [Fact]
    public void Arbitrary_ones_are_mostly_refused_by_the_reference_but_all_have_source()
    {
        var refused = 0;
        for (var seed = 0; seed < Count; seed++)
        {
            var drawn = RandomNetworks.Arbitrary(seed);
            Assert.Contains("partial class " + drawn.Name, drawn.Source, StringComparison.Ordinal);
            Assert.Single(drawn.Attributes.OfType<NetworkAttribute>());
            if (!drawn.Attributes.OfType<InputAttribute>().Any())
                refused++;
        }

        Assert.InRange(refused, 1, Count / 2);
    }

    [Fact]
    public void Arbitrary_spatial_ones_show_every_layer_and_all_have_source()
    {
        var layers = new HashSet<Type>();
        var refused = 0;
        for (var seed = 0; seed < 4 * Count; seed++)
        {
            var drawn = RandomNetworks.ArbitrarySpatial(seed);
            Assert.Contains("partial class " + drawn.Name, drawn.Source, StringComparison.Ordinal);
            Assert.Single(drawn.Attributes.OfType<NetworkAttribute>());
            layers.UnionWith(drawn.Attributes.OfType<LayerAttribute>().Select(layer => layer.GetType()));
            if (Record.Exception(() => new ReferenceNetwork(drawn.Attributes)) is not null)
                refused++;
        }

        Assert.Empty(Concrete.Where(type => type.IsAssignableTo(typeof(LayerAttribute))).Except(layers).Except([typeof(BlockAttribute)]));
        Assert.InRange(refused, 4 * Count / 10, 4 * Count * 9 / 10);
    }

    [Fact]
    public void Source_names_what_differs_from_the_default()
    {
        Assert.Equal("global::StaticNet.Dense(3)", AttributeSource.Write(new DenseAttribute(3)));
        Assert.Equal(
            "global::StaticNet.Dense(3, Activation = global::StaticNet.Activation.Tanh, BiasValue = -0.5f, Name = \"a_1\")",
            AttributeSource.Write(new DenseAttribute(3) { Name = "a_1", Activation = Activation.Tanh, BiasValue = -0.5f }));
        Assert.Equal("global::StaticNet.Maxout(3)", AttributeSource.Write(new MaxoutAttribute(3)));
        Assert.Equal("global::StaticNet.Reshape(2, -1)", AttributeSource.Write(new ReshapeAttribute(2, -1)));
        Assert.Equal(
            "global::StaticNet.Flatten(From = \"a\\u0022\")",
            AttributeSource.Write(new FlattenAttribute { From = "a\"" }));
        Assert.Equal(
            "global::StaticNet.Conv2D(2, Connections = new string[] { \"X\\u002e\", \"\\u002eX\" })",
            AttributeSource.Write(new Conv2DAttribute(2) { Connections = ["X.", ".X"] }));
        Assert.Equal("global::StaticNet.Dropout(double.NaN)", AttributeSource.Write(new DropoutAttribute(double.NaN)));
        Assert.Equal(
            "global::StaticNet.Activation((global::StaticNet.Activation)(99))",
            AttributeSource.Write(new ActivationAttribute((Activation)99)));
        Assert.Equal(
            "global::StaticNet.Block(typeof(global::StaticNet.Reference.Sampling.Blocks.Gated), Trainable = false)",
            AttributeSource.Write(new BlockAttribute(typeof(Blocks.Gated)) { Trainable = false }));
    }
}
