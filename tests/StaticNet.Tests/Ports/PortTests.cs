using StaticNet.Networks.Ports;
using StaticNet.Reference.Comparison;

namespace StaticNet.Tests.Ports;

/// <summary>Networks with several inputs and outputs.</summary>
public sealed class PortTests
{
    [Theory]
    [InlineData(typeof(ThreePorts))]
    [InlineData(typeof(ChannelsLastPorts))]
    [InlineData(typeof(TwoOutputs))]
    [InlineData(typeof(TwoInputs))]
    public void Outputs_losses_and_gradients_agree_with_the_reference(Type network)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var report = NetworkComparison.Compare(network, seed);
            Assert.True(report.Passed, report.ToString());
        }
    }
}
