using StaticNet.Reference;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Reference;

public class NetworkComparisonTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_right_network_passes(int seed)
    {
        var report = Compare(Fault.None, seed);

        Assert.True(report.Passed, report.ToString());
        report.ThrowIfDifferent();
        Assert.True(report.Tensors.Count > 15);
        Assert.Contains("tensors agree", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Forward, "Forward: element")]
    [InlineData(Fault.NotANumber, "is NaN, expected")]
    [InlineData(Fault.OneSampleOfForwardBatch, "ForwardBatch: element 39")]
    [InlineData(Fault.TrainingLoss, "TrainBatch loss, batch of 6")]
    [InlineData(Fault.Gradient, "gradient of dense1.weight, batch of 6: element 14")]
    [InlineData(Fault.PaddingOfGradients, "padding of the gradients, batch of 6 is not zero at 15: 1.")]
    [InlineData(Fault.PaddingOfParameters, "padding of the parameters, batch of 6 is not zero at 7: 1E-09.")]
    [InlineData(Fault.SampleWeights, "gradient of dense1.weight, batch of 1")]
    [InlineData(Fault.Scale, "EvaluateBatch loss, batch of 1")]
    [InlineData(Fault.Accumulate, "gradient of dense1.bias, batch of 6 in two micro-batches")]
    [InlineData(Fault.SplitPhases, "The gradients of phases in parts, batch of 6, differ at 0")]
    public void A_fault_is_found_and_named(Fault fault, string expected)
    {
        var report = Compare(fault, 1);

        Assert.False(report.Passed);
        Assert.Contains(expected, report.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<ComparisonException>(report.ThrowIfDifferent).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_network_with_statistics_passes()
    {
        var report = Compare(NormFault.None);

        Assert.True(report.Passed, report.ToString());
        Assert.Contains(report.Tensors, tensor => tensor.Name == "batchNorm1.running_var, batch of 5 in two micro-batches");
    }

    [Theory]
    [InlineData(NormFault.BiasedVariance, "batchNorm1.running_var, batch of 5: element")]
    [InlineData(NormFault.NoMove, "batchNorm1.num_batches_tracked, batch of 5: element 0")]
    [InlineData(NormFault.RunningInTraining, "TrainBatch loss, batch of 5")]
    [InlineData(NormFault.MoveInEachPart, "The weights of phases in parts, batch of 5, differ at 64")]
    [InlineData(NormFault.Stale, "EvaluateBatch outputs after a step, batch of 5")]
    [InlineData(NormFault.Kind, "batchNorm1.running_mean is a Bias, expected a Statistic.")]
    public void A_fault_of_statistics_is_found_and_named(NormFault fault, string expected) =>
        Assert.Contains(expected, Compare(fault).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_network_under_test_shows_its_statistics()
    {
        HandWrittenNorm.Fault = NormFault.None;
        var reference = ReferenceNetwork.Of(typeof(HandWrittenNorm));
        var random = new Random(1);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var batch = ReferenceData.RandomBatch(reference, parameters, random, 4, 0);
        var network = Assert.IsAssignableFrom<ITrainableUnderTest>(GeneratedNetwork.Of(typeof(HandWrittenNorm)));
        var interpreted = new InterpretedNetwork(reference);
        var report = new ComparisonReport("under test");

        network.SetParameters(parameters);
        interpreted.SetParameters(parameters);
        for (var step = 0; step < 3; step++)
        {
            network.Train(batch);
            interpreted.Train(batch);
        }

        foreach (var (name, values) in interpreted.Statistics())
            report.Compare(name, values, network.Statistics()[name], 1e-6, 0);
        Assert.Equal(3, report.Tensors.Count);
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void Another_shape_or_name_is_found()
    {
        var reference = new ReferenceNetwork(
            [new InputAttribute(3), new DenseAttribute(4), new DenseAttribute(2) { Name = "last" }]);

        var report = NetworkComparison.CompareInference<HandWrittenNetwork>(1, reference: reference);

        Assert.Equal(
            [
                "dense1.weight has the shape 5×3, expected 4×3.", "dense1.bias has the shape 5, expected 4.",
                "There is no parameter last.weight.", "There is no parameter last.bias.",
            ],
            report.Problems);
    }

    [Fact]
    public void A_layer_that_should_be_frozen_is_found()
    {
        var reference = new ReferenceNetwork(
        [
            new InputAttribute(3),
            new DenseAttribute(5) { Activation = Activation.Tanh },
            new DenseAttribute(2),
            new MeanSquaredErrorLossAttribute(),
        ]);

        var report = NetworkComparison.CompareTraining<HandWrittenNetwork>(1, reference: reference);

        Assert.Equal(
            ["dense2.weight: trainable is False, expected True.", "dense2.bias: trainable is False, expected True."],
            report.Problems);
    }

    [Fact]
    public void A_network_under_test_gives_the_figures_of_its_reference()
    {
        HandWrittenNetwork.Fault = Fault.None;
        var reference = ReferenceNetwork.Of(typeof(HandWrittenNetwork));
        var random = new Random(1);
        var parameters = ReferenceData.RandomParameters(reference, random);
        var batch = ReferenceData.RandomBatch(reference, parameters, random, 4, 0);
        var network = Assert.IsAssignableFrom<ITrainableUnderTest>(GeneratedNetwork.Of(typeof(HandWrittenNetwork)));
        network.SetParameters(parameters);
        var (loss, gradients) = network.Train(batch);

        var report = new ComparisonReport("under test");
        report.Compare("output", reference.Forward(parameters, batch.Inputs[0]), network.Forward(batch.Inputs[0]), 1e-6, 0);
        var expectedLoss = reference.Loss(parameters, batch);
        report.Compare("losses", [expectedLoss, expectedLoss], [network.Evaluate(batch), loss], 1e-6, 0);
        foreach (var (name, gradient) in reference.Gradients(parameters, batch))
            report.Compare(name, gradient, gradients[name], 1e-6, 0);

        Assert.True(report.Passed, report.ToString());
        Assert.Equal(4, report.Tensors.Count);
    }

    [Fact]
    public void The_worst_tensor_is_the_one_nearest_to_or_beyond_its_tolerance()
    {
        var report = new ComparisonReport("x");
        report.Compare("a", [1, 2], [1, 2.0002], 1e-3, 0);
        report.Compare("b", [1], [1.000001], 1e-8, 0);
        report.Compare("length", [1], [1, 2], 1, 0);

        Assert.Equal("b", report.Worst!.Name);
        Assert.Equal("length: 2 elements, expected 1", Assert.Single(report.Problems));
        Assert.Equal(1e-4, report.Tensors[0].Error, 1e-12);
        Assert.True(report.Tensors[0].Passed);
        Assert.False(report.Tensors[1].Passed);
    }

    private static ComparisonReport Compare(NormFault fault)
    {
        HandWrittenNorm.Fault = fault;
        return NetworkComparison.Compare(typeof(HandWrittenNorm), seed: 1);
    }

    private static ComparisonReport Compare(Fault fault, int seed)
    {
        HandWrittenNetwork.Fault = fault;
        return NetworkComparison.Compare(typeof(HandWrittenNetwork), seed);
    }
}
