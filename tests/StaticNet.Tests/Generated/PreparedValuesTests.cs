using StaticNet.Networks.Golden.Layers;

namespace StaticNet.Tests.Generated;

/// <summary>What inference prepares from parameters follows them, however they change.</summary>
public class PreparedValuesTests
{
    private static readonly float[] Input = [.. Enumerable.Range(0, Conv2DWinograd.InputLength).Select(index => MathF.Sin(index))];

    [Fact]
    public void They_follow_parameters_that_start_anew()
    {
        var network = new Conv2DWinograd(seed: 1);
        var before = Forward(network);

        network.Weights.Initialize(2);

        Assert.NotEqual(before, Forward(network));
        Assert.Equal(Forward(new Conv2DWinograd(seed: 2)), Forward(network));
    }

    [Fact]
    public void They_follow_a_span_that_has_been_taken_since()
    {
        var network = new Conv2DWinograd(seed: 1);
        var shared = network.ShareWeights();
        var before = Forward(network);
        Assert.Equal(before, Forward(shared));

        new Conv2DWinograd(seed: 2).Weights.Values.CopyTo(network.Weights.Edit());

        Assert.NotEqual(before, Forward(network));
        Assert.Equal(Forward(new Conv2DWinograd(seed: 2)), Forward(network));
        Assert.Equal(Forward(network), Forward(shared));
    }

    private static float[] Forward(Conv2DWinograd network)
    {
        var output = new float[Conv2DWinograd.OutputLength];
        network.Forward(Input, output);
        return output;
    }
}
