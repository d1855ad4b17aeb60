using StaticNet.Networks;

namespace StaticNet.Tests.Networks;

/// <summary>What is not a number passes through a maximum, wherever in the window it stands, as in PyTorch.</summary>
public class PoolingNaNTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(21)]
    public void A_maximum_of_planes_passes_it_on(int place) => Check<PlaneMaximumProbe>(place, 10);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_maximum_of_pixels_passes_it_on(int place) => Check<PixelMaximumProbe>(place, 4);

    private static void Check<TNetwork>(int place, int outputs)
        where TNetwork : class, INetwork<TNetwork>
    {
        var input = new float[TNetwork.Description.InputLength];
        input[place] = float.NaN;
        var output = new float[TNetwork.Description.OutputLength];

        TNetwork.Create(1).Forward(input, output);

        Assert.Equal(outputs, output.Length);
        Assert.Equal(float.NaN, output[0]);
        Assert.All(output.Skip(1), value => Assert.Equal(0, value));
    }
}
