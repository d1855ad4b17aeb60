using StaticNet.Reference;
using StaticNet.Reference.Comparison;
using StaticNet.Reference.Sampling;

namespace StaticNet.Tests.Reference;

/// <summary>The reference's two ways to a gradient, in reverse and by differences, against each other.</summary>
public class ReferenceGradientTests
{
    private const double Tolerance = 1e-7;

    // Step has no gradient, and of the numbers below zero there is no logarithm and no root.
    public static TheoryData<Activation> Activations =>
        [.. Enum.GetValues<Activation>().Where(activation => activation is not (Activation.Step or Activation.Log or Activation.Sqrt))];

    public static TheoryData<LossAttribute> Losses =>
    [
        .. new[] { Reduction.Mean, Reduction.Sum }.SelectMany(reduction => new LossAttribute[]
        {
            new MeanSquaredErrorLossAttribute { Reduction = reduction },
            new HalfSquaredErrorLossAttribute { Reduction = reduction },
            new MeanAbsoluteErrorLossAttribute { Reduction = reduction },
            new HuberLossAttribute { Reduction = reduction, Delta = 0.7f },
            new BinaryCrossEntropyLossAttribute { Reduction = reduction, From = "probabilities" },
            new BinaryCrossEntropyLossAttribute { Reduction = reduction, From = "distribution" },
            new BinaryCrossEntropyWithLogitsLossAttribute { Reduction = reduction },
            new SoftmaxCrossEntropyLossAttribute { Reduction = reduction, Weight = 0.5f },
            new SoftmaxCrossEntropyLossAttribute { Reduction = reduction, SoftTargets = true },
            new SoftmaxCrossEntropyLossAttribute { Reduction = reduction, LabelSmoothing = 0.2f },
            new HingeLossAttribute { Reduction = reduction },
            new SquaredHingeLossAttribute { Reduction = reduction },
            new MultiClassHingeLossAttribute { Reduction = reduction, Margin = 1.5f },
        }),
    ];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Both_ways_agree_for_each_activation_of_a_dense_layer(Activation activation)
    {
        AssertAgreement(
            new InputAttribute(2, 4),
            new DenseAttribute(5),
            new DenseAttribute(3) { Activation = activation },
            new DenseAttribute(2),
            new MeanSquaredErrorLossAttribute());
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Both_ways_agree_for_each_activation_as_a_layer(Activation activation)
    {
        AssertAgreement(
            new InputAttribute(4),
            new DenseAttribute(5),
            new ActivationAttribute(activation) { Alpha = 0.4f, SharedSlope = true },
            new DenseAttribute(2),
            new MeanSquaredErrorLossAttribute());
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Both_ways_agree_for_each_loss(LossAttribute loss)
    {
        AssertAgreement(
            new InputAttribute(4),
            new DenseAttribute(3) { Activation = Activation.Sigmoid, Name = "probabilities" },
            new DenseAttribute(4) { Activation = Activation.Softmax, Name = "distribution", From = "input" },
            new DenseAttribute(3) { From = "probabilities", Name = "other" },
            new ConcatAttribute("distribution", "other"),
            loss,
            new MeanSquaredErrorLossAttribute { Weight = 0.3f });
    }

    [Fact]
    public void Both_ways_agree_under_dropout()
    {
        AssertAgreement(
            [
                new InputAttribute(6), new DropoutAttribute(0.2), new DenseAttribute(8),
                new DropoutAttribute(0.5) { Name = "second" }, new DenseAttribute(3), new MeanSquaredErrorLossAttribute(),
            ],
            batch => batch with
            {
                Dropout = (layer, sample, length) =>
                    [.. Enumerable.Range(0, length).Select(index => (index + sample + layer.Length) % 3 > 0)],
            });
    }

    [Fact]
    public void Both_ways_agree_with_sample_weights_and_scale()
    {
        AssertAgreement(
            [new InputAttribute(6), new MaxoutAttribute(5, 3), new DenseAttribute(3), new HuberLossAttribute()],
            batch => batch with { SampleWeights = [0.5, 2, 0], Scale = 0.125 });
    }

    [Fact]
    public void Both_ways_agree_for_random_networks()
    {
        var checkedElements = 0;
        for (var seed = 0; seed < 120; seed++)
        {
            var drawn = RandomNetworks.Valid(seed);
            if (!drawn.Trains)
                continue;

            var network = new ReferenceNetwork(drawn.Attributes);
            var random = new Random(seed);
            var parameters = ReferenceData.RandomParameters(network, random);
            var batch = ReferenceData.RandomBatch(network, parameters, random, 2, 1e-4);
            var samples = batch.Inputs.Zip(batch.Targets);
            if (samples.Any(sample => network.KinkDistance(parameters, sample.First, sample.Second) < 1e-4))
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
