using StaticNet.Networks;
using StaticNet.Numerics;

namespace StaticNet.Tests.Generated;

/// <summary>Dropout in generated training code.</summary>
public class DropoutTests
{
    private const ulong Seed = 7;
    private const double Keep = 0.6;

    [Theory]
    [InlineData(0)]
    [InlineData(123)]
    [InlineData(ulong.MaxValue)]
    public void Loss_and_gradient_pass_through_the_mask_of_the_sample(ulong sample)
    {
        var network = Probe();
        var expected = Mask(sample);

        var (loss, biasGradient) = Train(network, sample);

        // y = mask · 1, so the loss is ½ Σ mask², and the bias gets mask · mask · 1.
        Assert.Equal(expected.Sum(mask => 0.5 * mask * mask), loss, 1e-3);
        Assert.Equal(expected.Select(mask => mask * mask), biasGradient);
    }

    [Fact]
    public void Samples_and_epochs_get_masks_of_their_own_and_the_same_number_gets_the_same()
    {
        var network = Probe();
        float[][] masks = [.. new ulong[] { 0, 1, 2, 1000, 1001 }.Select(sample => Train(network, sample).BiasGradient)];

        Assert.Equal(masks.Length, masks.Select(mask => string.Join(' ', mask)).Distinct().Count());
        Assert.Equal(masks[3], Train(network, 1000).BiasGradient);
    }

    [Fact]
    public void Without_dropout_training_sees_everything()
    {
        var network = Probe();
        network.DropoutEnabled = false;

        var (loss, biasGradient) = Train(network, 5);

        Assert.Equal(20, loss);
        Assert.All(biasGradient, gradient => Assert.Equal(1, gradient));
    }

    [Fact]
    public void Evaluation_and_inference_drop_nothing()
    {
        var network = Probe();
        float[] input = [.. Enumerable.Repeat(1f, DropoutProbe.InputLength)];
        var (one, many) = (new float[DropoutProbe.OutputLength], new float[DropoutProbe.OutputLength]);

        network.Forward(input, one);
        var loss = network.EvaluateBatch(new Batch(input, new float[DropoutProbe.TargetLength], 1), many);

        Assert.All(one.Concat(many), value => Assert.Equal(1, value));
        Assert.Equal(20, loss);
    }

    [Fact]
    public void The_mean_is_preserved()
    {
        var network = Probe();
        var inputs = new float[200 * DropoutProbe.InputLength];
        Array.Fill(inputs, 1);

        // The gradient of a bias is the mean of mask², which is 1 / keep on average; its deviation over 8,000 draws is 0.015.
        network.TrainBatch(new Batch(inputs, new float[200 * DropoutProbe.TargetLength], 200));
        var mean = BiasGradient(network).Average() * Keep;

        Assert.InRange(mean, 0.95, 1.05);
    }

    /// <summary>A network that gives each of its inputs back.</summary>
    private static DropoutProbe Probe()
    {
        var network = new DropoutProbe(Seed);
        var identity = new float[DropoutProbe.InputLength * DropoutProbe.OutputLength];
        for (var index = 0; index < DropoutProbe.InputLength; index++)
            identity[index * (DropoutProbe.InputLength + 1)] = 1;
        DropoutProbe.ParameterTable.Get("dense1.weight").Pack(identity, network.Weights.Edit());
        DropoutProbe.ParameterTable.Get("dense1.bias").Pack(new float[DropoutProbe.OutputLength], network.Weights.Edit());
        return network;
    }

    private static float[] Mask(ulong sample)
    {
        var key = DropoutMask.Key(Seed, 0, sample);
        return [.. Enumerable.Range(0, DropoutProbe.OutputLength)
            .Select(feature => DropoutMask.Keep(key, (uint)feature, DropoutMask.Threshold(Keep), (float)(1 / Keep)))];
    }

    private static (float Loss, float[] BiasGradient) Train(DropoutProbe network, ulong sample)
    {
        float[] input = [.. Enumerable.Repeat(1f, DropoutProbe.InputLength)];
        var loss = network.TrainBatch(new Batch(input, new float[DropoutProbe.TargetLength], 1) { FirstSample = sample });
        return (loss, BiasGradient(network));
    }

    private static float[] BiasGradient(DropoutProbe network)
    {
        var gradient = new float[DropoutProbe.OutputLength];
        DropoutProbe.ParameterTable.Get("dense1.bias").Unpack(network.Gradients, gradient);
        return gradient;
    }
}
