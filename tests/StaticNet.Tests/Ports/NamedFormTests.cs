using StaticNet.Data;
using StaticNet.Networks.Ports;
using StaticNet.Training;
using StaticNet.Training.Metrics;

namespace StaticNet.Tests.Ports;

/// <summary>The forms that take each input and give each output in a span of its own.</summary>
public sealed class NamedFormTests
{
    private const int Count = 150;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spans_of_their_own_give_what_one_span_gives(bool isScaled)
    {
        var network = new ThreePorts(seed: 3);
        var samples = Samples(Count);
        if (isScaled)
            network.SetScaling(Scaler.Standard(samples, ThreePorts.InputLength));
        var expected = new float[Count * ThreePorts.OutputLength];
        network.ForwardBatch(samples, expected, Count);

        var (images, features, gains) = (Part(samples, ThreePorts.Inputs.ImageOffset, 60), Part(samples, ThreePorts.Inputs.FeaturesOffset, 3), Part(samples, ThreePorts.Inputs.GainOffset, 4));
        var (policies, worths, felts) = (new float[Count * 5], new float[Count], new float[Count * 4]);
        network.ForwardBatch(images, features, gains, policies, worths, felts, Count);
        var (policy, worth, felt) = (new float[5], new float[1], new float[4]);
        var one = new float[ThreePorts.OutputLength];
        for (var sample = 0; sample < Count; sample++)
        {
            var output = expected.AsSpan(sample * ThreePorts.OutputLength, ThreePorts.OutputLength);
            Near(output[ThreePorts.Outputs.PolicyOffset..ThreePorts.Outputs.WorthOffset], policies.AsSpan(sample * 5, 5));
            Near(output.Slice(ThreePorts.Outputs.WorthOffset, 1), worths.AsSpan(sample, 1));
            Near(output[ThreePorts.Outputs.FeltOffset..], felts.AsSpan(sample * 4, 4));

            network.Forward(images.AsSpan(sample * 60, 60), features.AsSpan(sample * 3, 3), gains.AsSpan(sample * 4, 4), policy, worth, felt);
            network.Forward(samples.AsSpan(sample * ThreePorts.InputLength, ThreePorts.InputLength), one);
            Assert.Equal<float>(one, new float[][] { policy, worth, felt }.SelectMany(part => part));
            Near(output, one);
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var network = new ThreePorts();
        network.SetScaling(Scaler.Standard(Samples(Count), ThreePorts.InputLength));
        var (images, features, gains) = (new float[9 * 60], new float[9 * 3], new float[9 * 4]);
        var (policies, worths, felts) = (new float[9 * 5], new float[9], new float[9 * 4]);
        Assert.Equal(0, Allocations.Of(() => network.ForwardBatch(images, features, gains, policies, worths, felts, 9)));
        Assert.Equal(0, Allocations.Of(() => network.ForwardRawBatch(images, features, gains, policies, worths, felts, 9)));
    }

    [Fact]
    public void A_span_of_another_length_is_named()
    {
        var network = new ThreePorts();
        var fault = Assert.Throws<ArgumentException>(() => network.Forward(new float[60], new float[4], new float[4], new float[5], new float[1], new float[4]));
        Assert.Equal("features has 4 floats; the network's has 3. (Parameter 'features')", fault.Message);
        fault = Assert.Throws<ArgumentException>(() => network.ForwardBatch(new float[120], new float[6], new float[8], new float[10], new float[1], new float[8], 2));
        Assert.Equal("worth has 1 floats; 2 samples of 1 have 2. (Parameter 'worth')", fault.Message);
    }

    [Fact]
    public void Outputs_in_the_memory_of_inputs_are_refused_for_many_samples()
    {
        var network = new ThreePorts();
        var gains = new float[8];
        Assert.Throws<ArgumentException>(() => network.ForwardBatch(new float[120], new float[6], gains, new float[10], new float[2], gains, 2));
    }

    [Fact]
    public void A_twin_gives_the_same_outputs()
    {
        var network = new ThreePorts(seed: 5);
        var twin = new ThreePortsTwin();
        twin.LoadStateDict(network.ToStateDict());
        var samples = Samples(1);
        var (expected, actual) = (new float[ThreePorts.OutputLength], new float[ThreePorts.OutputLength]);
        network.Forward(samples, expected);
        twin.Forward(samples, actual);
        Assert.Equal(expected, actual);
        Assert.Equal(ThreePorts.Description.Outputs, ThreePortsTwin.Description.Outputs, (a, b) => a.Name == b.Name && a.Offset == b.Offset && a.Length == b.Length);
    }

    [Fact]
    public void The_description_names_inputs_and_outputs()
    {
        Assert.Equal([("image", 60, 0), ("features", 3, 60), ("gain", 4, 63)], ThreePorts.Description.Inputs.Select(input => (input.Name, input.Length, input.Offset)));
        Assert.Equal([("policy", 5, 0), ("worth", 1, 5), ("felt", 4, 6)], ThreePorts.Description.Outputs.Select(output => (output.Name, output.Length, output.Offset)));
        Assert.Equal([0, 5], ThreePorts.Description.Losses.Select(loss => loss.OutputOffset));
    }

    [Fact]
    public void Each_metric_takes_the_output_of_its_loss()
    {
        var network = new ThreePorts(seed: 7);
        var samples = Samples(24);
        var outputs = new float[24 * ThreePorts.OutputLength];
        network.ForwardBatch(samples, outputs, 24);
        var targets = new float[24 * 2];
        var (right, error) = (0, 0.0);
        for (var sample = 0; sample < 24; sample++)
        {
            targets[sample * 2] = sample % 5;
            targets[(sample * 2) + 1] = sample / 24f;
            var output = outputs.AsSpan(sample * ThreePorts.OutputLength, ThreePorts.OutputLength);
            right += output[..5].IndexOf(output[..5].ToArray().Max()) == sample % 5 ? 1 : 0;
            error += Math.Abs(output[5] - (sample / 24f)) / 24;
        }

        var trainer = Trainer.For(network, new StaticNet.Optimizers.Sgd(0.1f), new TrainerOptions { Metrics = [new Accuracy { Loss = 0 }, new MeanAbsoluteError { Loss = 1 }] });
        var evaluation = trainer.Evaluate(new DataSet(ThreePorts.InputLength, 2, samples, targets));
        Assert.Equal(right / 24.0, evaluation.Metrics[0].Value, 1e-6);
        Assert.Equal(error, evaluation.Metrics[1].Value, 1e-6);
    }

    [Fact]
    public void A_scaling_of_targets_is_undone_on_each_output()
    {
        var (plain, scaled) = (new TwoTargets(seed: 5), new TwoTargets(seed: 5));
        scaled.SetScaling(targets: new Scaler([1, 2, 3, 4, 5, 10, 20, 30], [2, 2, 2, 2, 2, 3, 4, 5]));
        float[] input = [0.5f, -1, 2, 0, 1, -0.5f];
        var (first, second, expectedFirst, expectedSecond) = (new float[5], new float[3], new float[5], new float[3]);
        plain.Forward(input, expectedFirst, expectedSecond);
        scaled.Forward(input, first, second);
        Near(expectedFirst.Select((value, index) => (value * 2) + index + 1).ToArray(), first);
        Near(expectedSecond.Select((value, index) => (value * (index + 3)) + ((index + 1) * 10)).ToArray(), second);
    }

    [Fact]
    public void A_scaling_of_targets_that_outputs_would_not_undo_is_refused()
    {
        // The loss compares the second alone, and outputs turn the order around; the score stands behind two others.
        Assert.Equal(
            "The outputs of TwoOutputs are not, in their order, what its losses compare with targets; a scaling of targets is undone on all of them.",
            Assert.Throws<ArgumentException>(() => new TwoOutputs().SetScaling(targets: new Scaler([1], [2]))).Message);
        Assert.Contains("ChannelsLastPorts", Assert.Throws<ArgumentException>(() => new ChannelsLastPorts().SetScaling(targets: new Scaler([1], [2]))).Message, StringComparison.Ordinal);
    }

    private static float[] Samples(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count * ThreePorts.InputLength).Select(_ => (random.NextSingle() * 4) - 1)];
    }

    private static float[] Part(float[] samples, int offset, int length) =>
        [.. samples.Chunk(ThreePorts.InputLength).SelectMany(sample => sample.Skip(offset).Take(length))];

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], 2e-5f * Math.Max(1, Math.Abs(expected[index])));
    }
}
