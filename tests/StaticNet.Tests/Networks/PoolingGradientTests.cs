using StaticNet.Networks;

namespace StaticNet.Tests.Networks;

/// <summary>Where the gradient of a maximum goes.</summary>
public class PoolingGradientTests
{
    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(0f)]
    public void Of_equal_elements_the_first_in_the_window_has_the_gradient_whatever_they_are(float value)
    {
        var network = new PaddedMaximumProbe(1);
        network.Weights.Edit().Fill(1);
        var inputs = Enumerable.Repeat(value, 2 * PaddedMaximumProbe.InputLength).ToArray();
        var (outputs, gradients) = (new float[2 * PaddedMaximumProbe.OutputLength], new float[2 * PaddedMaximumProbe.InputLength]);

        network.ForwardTraining(new Batch(inputs, default, 2) { Scale = 1 }, outputs);
        network.Backward(new Batch(inputs, Enumerable.Repeat(1f, outputs.Length).ToArray(), 2) { Scale = 1 });
        network.CopyInputGradients(gradients);

        // Windows of 3×3 in steps of 2 with padding of 1 begin, without the padding, at pixels (0, 0), (0, 1), (1, 0) and (1, 1).
        Assert.All(outputs, output => Assert.Equal(value, output));
        Assert.All(gradients.Chunk(9), channel => Assert.Equal([1, 1, 0, 1, 1, 0, 0, 0, 0], channel));
    }
}
